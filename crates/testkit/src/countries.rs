//! A database of countries as small as a test needs it, in the `MaxMind` DB format 2.0: networks of 24 bits, one country
//! each.

use std::net::Ipv4Addr;

const PREFIX: usize = 24;

/// A branch of the tree: none, another node, or what is said of the network.
#[derive(Clone, Copy)]
enum Branch {
    Nothing,
    Node(usize),
    Data(usize),
}

/// The bytes of a database that knows the country of these networks.
pub fn database(networks: &[(Ipv4Addr, &str)]) -> Vec<u8> {
    let mut nodes = vec![[Branch::Nothing; 2]];
    let mut data = Vec::new();
    for (network, country) in networks {
        let at = data.len();
        data.extend(map(&[("country", map(&[("iso_code", text(country))]))]));
        let bits = u32::from(*network);
        let mut node = 0;
        for depth in 0..PREFIX {
            let side = (bits >> (31 - depth) & 1) as usize;
            node = match nodes[node][side] {
                _ if depth == PREFIX - 1 => {
                    nodes[node][side] = Branch::Data(at);
                    break;
                }
                Branch::Node(next) => next,
                Branch::Nothing | Branch::Data(_) => {
                    nodes.push([Branch::Nothing; 2]);
                    let next = nodes.len() - 1;
                    nodes[node][side] = Branch::Node(next);
                    next
                }
            };
        }
    }
    let count = nodes.len();
    let record = |branch: &Branch| match branch {
        Branch::Nothing => count,
        Branch::Node(node) => *node,
        Branch::Data(at) => count + 16 + at,
    };
    let mut bytes: Vec<u8> =
        nodes.iter().flatten().flat_map(|branch| record(branch).to_be_bytes()[5..].to_vec()).collect();
    bytes.extend([0; 16]);
    bytes.extend(data);
    bytes.extend(b"\xab\xcd\xefMaxMind.com");
    let number = |size: u8, number: usize| [&[size], &number.to_be_bytes()[4..]].concat();
    let small = |number: u8| vec![0b1010_0001, number];
    bytes.extend(map(&[
        ("binary_format_major_version", small(2)),
        ("binary_format_minor_version", small(0)),
        // An extended type: 64 bits, here in four bytes.
        ("build_epoch", vec![0b0000_0100, 2, 0, 0, 0, 1]),
        ("database_type", text("Test-Country")),
        ("description", map(&[])),
        ("ip_version", small(4)),
        // An extended type: an array of nothing.
        ("languages", vec![0, 4]),
        ("node_count", number(0b1100_0100, count)),
        ("record_size", small(24)),
    ]));
    bytes
}

fn text(text: &str) -> Vec<u8> {
    [&[0b0100_0000 | short(text.len())], text.as_bytes()].concat()
}

/// A length as it stands in the control byte; longer ones are written in other bytes.
fn short(length: usize) -> u8 {
    assert!(length < 29, "{length}");
    u8::try_from(length).expect("less than 29")
}

fn map(pairs: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = vec![0b1110_0000 | short(pairs.len())];
    for (key, value) in pairs {
        bytes.extend(text(key));
        bytes.extend(value);
    }
    bytes
}
