//! Nobody comes where they may not, and no office into another: every route × everyone × {own, foreign, missing}, made from the router's
//! own table, so that a new route is tested from its first day.

#[cfg(test)]
mod matrix;
