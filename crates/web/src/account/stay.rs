//! `/wach`: someone who still sits before an open page stays logged in (ASVS 5.0, 7.3.1). Asked by the script when its
//! note is answered; being let in is what counts as a request of the login.

use access::actions::StayLoggedIn;
use axum::http::{Method, StatusCode};

use crate::{Granted, Routes};

pub(crate) const PATH: &str = "/wach";

pub(crate) fn routes() -> Routes {
    Routes::new().office::<StayLoggedIn, _, _>(Method::GET, PATH, stay)
}

async fn stay(_granted: Granted<StayLoggedIn>) -> StatusCode {
    StatusCode::NO_CONTENT
}
