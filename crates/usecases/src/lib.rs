//! One function per intention of a person or a job; transactions begin and end here.
pub mod site;
