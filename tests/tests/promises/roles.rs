//! Row 0.2. The whole matrix stands in the room "isolation"; here is what it promises people.

use access::{Role, Stage};
use testkit::{Backend, Server, World};
use web::Access;

#[tokio::test]
async fn p0_2_staff_log_in_and_the_lead_may_more_than_staff_and_staff_more_than_the_public() {
    let world = World::new(Backend::Sqlite).await;
    let office = world.public_office("alpha").await;
    let server = Server::of(&world).await;

    // In by password and code, as a person does it.
    let person = office.someone(Role::Staff).await;
    let browser = server.seeker(&office);
    let answer = browser.get("/office").await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/login?weiter=%2Foffice"));
    let wrong = browser.post("/login", &[("email", &person.email), ("password", "falsch-falsch-falsch")]).await;
    assert!(wrong.status.is_client_error(), "{}", wrong.status);
    let half =
        browser.post("/login?weiter=%2Foffice", &[("email", &person.email), ("password", person.password)]).await;
    assert_eq!((half.status.as_u16(), half.location()), (303, "/login/code?weiter=%2Foffice"));
    let code = person.code(world.house.clock().now());
    let whole = browser.post(half.location(), &[("code", &code)]).await;
    assert_eq!((whole.status.as_u16(), whole.location()), (303, "/office"));
    assert_eq!(browser.get("/office").await.status, 200);

    // Every page of the office: closed to the public, and open as the policy says.
    let lead = office.someone(Role::Lead).await;
    let lead = server.with_session(&office, &office.session(&lead, Stage::Full).await);
    let mut counts = [0; 3];
    for route in web::routes().table().0 {
        let Access::Office(action) = route.access else { continue };
        let path = route.path.replace(['{', '}'], "");
        let body = Some(String::new());
        let public = server.seeker(&office).request(route.method.clone(), &path, body.clone()).await;
        let refused = if route.method == "GET" { 303 } else { 401 };
        assert_eq!(public.status, refused, "{} {path} for everyone", route.method);
        counts[0] += 1;
        for (visitor, role, count) in [(&browser, Role::Staff, 1), (&lead, Role::Lead, 2)] {
            let may = action.policy().allows(role, role.built_in_rights());
            // Writing routes are only knocked at where they stay closed.
            if may && route.method != "GET" {
                counts[count] += 1;
                continue;
            }
            let answer = visitor.request(route.method.clone(), &path, body.clone()).await;
            assert_eq!(
                answer.status != 403 && answer.status != 401,
                may,
                "{} {path} for {role:?}: {}",
                route.method,
                answer.status
            );
            counts[count] += usize::from(may);
        }
    }
    let [routes, staff, lead] = counts;
    assert!(0 < staff && staff < lead && lead <= routes, "{routes} routes, {staff} for staff, {lead} for the lead");
}
