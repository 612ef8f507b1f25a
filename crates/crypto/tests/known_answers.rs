//! The primitives give the published numbers: RFC 5869, RFC 4231, NIST GCM, RFC 9106.

#![expect(clippy::unwrap_used, reason = "a test may panic, and its own functions are part of it")]

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use argon2::{Algorithm, Argon2, ParamsBuilder, Version};
use data_encoding::HEXLOWER_PERMISSIVE;
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;

fn hex(text: &str) -> Vec<u8> {
    let compact: String = text.split_whitespace().collect();
    HEXLOWER_PERMISSIVE.decode(compact.as_bytes()).unwrap()
}

#[test]
fn hkdf_sha256_gives_rfc_5869_appendix_a_1_to_3() {
    let count = |from: u8, to: u8| (from..=to).collect::<Vec<u8>>();
    let cases = [
        (
            vec![0x0b; 22],
            Some(count(0x00, 0x0c)),
            count(0xf0, 0xf9),
            "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        ),
        (
            count(0x00, 0x4f),
            Some(count(0x60, 0xaf)),
            count(0xb0, 0xff),
            "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09
             da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
        ),
        (
            vec![0x0b; 22],
            None,
            vec![],
            "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
        ),
    ];
    for (ikm, salt, info, prk, okm) in cases {
        let (extracted, hkdf) = Hkdf::<Sha256>::extract(salt.as_deref(), &ikm);
        assert_eq!(extracted.as_slice(), hex(prk));
        let expected = hex(okm);
        let mut expanded = vec![0; expected.len()];
        hkdf.expand(&info, &mut expanded).unwrap();
        assert_eq!(expanded, expected);
    }
}

#[test]
fn hmac_sha256_gives_rfc_4231_cases_1_to_4_6_and_7() {
    let cases: [(Vec<u8>, &[u8], &str); 6] = [
        (vec![0x0b; 20], b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        (
            b"Jefe".to_vec(),
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (vec![0xaa; 20], &[0xdd; 50], "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        ((1..=25).collect(), &[0xcd; 50], "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        (
            vec![0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
        (
            vec![0xaa; 131],
            b"This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.",
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
        ),
    ];
    for (key, data, expected) in cases {
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(data);
        assert_eq!(mac.finalize().into_bytes().as_slice(), hex(expected));
    }
}

#[test]
fn aes_256_gcm_gives_nist_cases_13_to_16() {
    // McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B, as submitted to NIST.
    let key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    let text = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
                1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255";
    let sealed = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
                  8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad";
    let zero = "0".repeat(64);
    let cases = [
        (zero.as_str(), "000000000000000000000000", "", "", String::new(), "530f8afbc74536b9a963b4f1c4cb738b"),
        (
            &zero,
            "000000000000000000000000",
            "00000000000000000000000000000000",
            "",
            "cea7403d4d606b6e074ec5d3baf39d18".to_owned(),
            "d0d1c8a799996bf0265b98b5d48ab919",
        ),
        (key, "cafebabefacedbaddecaf888", text, "", sealed.to_owned(), "b094dac5d93471bdec1a502270e3cc6c"),
        (
            key,
            "cafebabefacedbaddecaf888",
            &text[..text.len() - 8],
            "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            sealed[..sealed.len() - 8].to_owned(),
            "76fc6ece0f4e1768cddf8853bb2d551b",
        ),
    ];
    for (key, nonce, plaintext, aad, ciphertext, tag) in cases {
        let cipher = Aes256Gcm::new_from_slice(&hex(key)).unwrap();
        let nonce = Nonce::try_from(hex(nonce).as_slice()).unwrap();
        let expected = [hex(&ciphertext), hex(tag)].concat();
        let (plaintext, aad) = (hex(plaintext), hex(aad));
        assert_eq!(cipher.encrypt(&nonce, Payload { msg: &plaintext, aad: &aad }).unwrap(), expected);
        assert_eq!(cipher.decrypt(&nonce, Payload { msg: &expected, aad: &aad }).unwrap(), plaintext);
        let mut wrong = expected;
        *wrong.last_mut().unwrap() ^= 1;
        assert!(cipher.decrypt(&nonce, Payload { msg: &wrong, aad: &aad }).is_err());
    }
}

#[test]
fn argon2id_gives_rfc_9106_section_5_3() {
    let mut params = ParamsBuilder::new();
    params.m_cost(32).t_cost(3).p_cost(4).output_len(32);
    params.data(argon2::AssociatedData::new(&[0x04; 12]).unwrap());
    let secret = [0x03; 8];
    let argon2 =
        Argon2::new_with_secret(&secret, Algorithm::Argon2id, Version::V0x13, params.build().unwrap()).unwrap();
    let mut out = [0; 32];
    argon2.hash_password_into(&[0x01; 32], &[0x02; 16], &mut out).unwrap();
    assert_eq!(out.as_slice(), hex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"));
}
