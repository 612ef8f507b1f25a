//! Search in 1,300 groups over the judged queries, and the time to build a directory.
//!
//! The percentiles printed first are those of single queries, each the best of five; criterion's figures follow.

#![allow(missing_docs, reason = "criterion's macros make public items")]

#[path = "../tests/fixture/mod.rs"]
mod fixture;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use directory::{Directory, Query};
use domain::projection::PublishedGroup;

fn judged_queries() -> Vec<Query> {
    let plain = fixture::queries().into_iter().map(|judged| Query { text: judged.query, ..Query::default() });
    let mut all: Vec<Query> = plain.collect();
    let near: Vec<Query> =
        all.iter().map(|query| Query { place: "04229".into(), radius_km: 30, ..query.clone() }).collect();
    all.extend(near);
    all
}

/// What no judged query is: long, misspelt, found nowhere; everywhere, around a town without groups, around an unknown one.
fn hard_queries() -> Vec<Query> {
    let texts = [
        "Bauchspeicheldrüsenkrebserkrangkung Angehörigengruppe Selbsthilfetreffpunkt",
        "Depresion Alkhol Panikatacken Schlagannfall Epelepsie Fibromialgie Parkinsson Diabetis Tinitus Borderlein Esstörung Autissmus",
        "qwertzuiop asdfghjkl yxcvbnmlk poiuztrewq lkjhgfdsa mnbvcxyas wertzuiopa sdfghjklyx cvbnmqwert zuiopasdfg hjklyxcvbn",
        "a b c d e f g h i j k l m n",
        "Schwangerschaftsdepresionsgruppe Angehörigennachsorg in Wurzen",
        "s",
    ];
    let places = ["", "04229", "Wurtzen", "Neustadtt an der Saale", "qwertzuiopasdfghjkl"];
    let query = |text: &str, place: &str| Query { text: text.into(), place: place.into(), ..Query::default() };
    texts.into_iter().flat_map(|text| places.map(|place| query(text, place))).collect()
}

fn percentiles(name: &str, directory: &Directory, queries: &[Query]) {
    let best = |query: &Query| {
        let once = || {
            let start = Instant::now();
            black_box(directory.find(black_box(query)));
            start.elapsed()
        };
        (0..5).map(|_| once()).min().unwrap_or_default()
    };
    let mut times: Vec<(Duration, &str)> = queries.iter().map(|query| (best(query), query.text.as_str())).collect();
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)].0;
    println!("{name}: p50 {:?}, p99 {:?}, slowest {:?}", at(50), at(99), times.last());
}

fn search(c: &mut Criterion) {
    let groups = fixture::many(1_300);
    let directory = Directory::new(groups);
    println!("index of 1,300 groups: {} KB", directory.index_bytes() / 1024);
    println!("index of 140 groups: {} KB", Directory::new(fixture::many(140)).index_bytes() / 1024);
    println!("a group itself: {} bytes and its texts", size_of::<PublishedGroup>());
    let queries = judged_queries();
    percentiles("judged, 1,300 groups", &directory, &queries);
    percentiles("hard, 1,300 groups", &directory, &hard_queries());
    let mut turn = queries.iter().cycle();
    c.bench_function("search: judged queries, 1,300 groups", |b| {
        b.iter(|| directory.find(turn.next().unwrap_or(&queries[0])));
    });
    let filters = Query { sectors: vec!["health".into()], open_only: true, ..Query::default() };
    c.bench_function("search: filters only, 1,300 groups", |b| b.iter(|| directory.find(&filters)));
}

fn build(c: &mut Criterion) {
    for count in [140, 300, 1_300] {
        let groups = fixture::many(count);
        c.bench_function(&format!("build: {count} groups"), |b| {
            b.iter_batched(|| groups.clone(), Directory::new, BatchSize::LargeInput);
        });
    }
}

criterion_group!(benches, search, build);
criterion_main!(benches);
