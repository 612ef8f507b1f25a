//! German queries with the groups a person who knows self-help would name for them.

mod fixture;

use std::collections::HashSet;

use directory::Query;
use fixture::{judged, queries, records, slugs};

#[test]
fn at_least_95_percent_of_the_expected_groups_stand_among_the_first_five() {
    let directory = judged();
    let queries = queries();
    assert!(queries.len() >= 80);
    let (mut wanted, mut found) = (0, 0);
    for judged in &queries {
        let answer = directory.find(&Query { text: judged.query.clone(), ..Query::default() });
        let slugs = slugs(&directory, &answer.hits);
        let best: HashSet<&String> = slugs.iter().take(5).collect();
        let want = judged.expected.len().min(5);
        let have = judged.expected.iter().filter(|key| best.contains(key)).count();
        wanted += want;
        found += have;
        if have < want {
            let missing: Vec<_> = judged.expected.iter().filter(|key| !best.contains(key)).collect();
            println!("{:?}: missing {missing:?}, found {:?}", judged.query, slugs.iter().take(8).collect::<Vec<_>>());
        }
    }
    println!("recall@5: {found} of {wanted} in {} queries", queries.len());
    assert!(found * 100 >= wanted * 95, "recall@5: {found} of {wanted}");
}

#[test]
fn the_first_hit_is_one_of_the_expected_nearly_always() {
    let directory = judged();
    let queries = queries();
    let mut right = 0;
    for judged in &queries {
        let answer = directory.find(&Query { text: judged.query.clone(), ..Query::default() });
        let slugs = slugs(&directory, &answer.hits);
        if slugs.first().is_some_and(|first| judged.expected.contains(first)) {
            right += 1;
        } else {
            println!(
                "{:?}: expected {:?} first, found {:?}",
                judged.query,
                judged.expected,
                slugs.iter().take(5).collect::<Vec<_>>()
            );
        }
    }
    println!("first hit right: {right} of {}", queries.len());
    assert!(right * 100 >= queries.len() * 95);
}

#[test]
fn the_judged_set_spans_all_sectors_and_names_only_groups_that_exist() {
    let records = records();
    let keys: HashSet<_> = records.iter().map(|record| record.key.as_str()).collect();
    assert_eq!(keys.len(), records.len());
    for sector in ["health", "psychosocial", "social", "addiction"] {
        assert!(records.iter().filter(|record| record.sector == sector).count() >= 15, "{sector}");
    }
    for judged in queries() {
        assert!(!judged.expected.is_empty() && judged.expected.iter().all(|key| keys.contains(key.as_str())));
    }
}
