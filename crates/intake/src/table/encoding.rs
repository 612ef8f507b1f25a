//! Bytes to text: UTF-8, UTF-16, Windows-1252 and its neighbours.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::FileError;

/// The text of a file. NULs mean that it is none.
pub(super) fn decode(bytes: &[u8]) -> Result<String, FileError> {
    let text = match (Encoding::for_bom(bytes), wide(bytes)) {
        (Some((encoding, length)), _) => encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned(),
        (None, Some(encoding)) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        (None, None) => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => single_byte(bytes).decode_without_bom_handling(bytes).0.into_owned(),
        },
    };
    if text.contains('\0') { Err(FileError::NotText) } else { Ok(text) }
}

/// UTF-16 without its mark: every other byte of mostly Latin text is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(2_000)];
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    if half < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    if odd * 10 > half * 8 && even * 10 < half {
        return Some(UTF_16LE);
    }
    (even * 10 > half * 8 && odd * 10 < half).then_some(UTF_16BE)
}

/// German offices write Windows-1252; another guess counts only when the text has letters that German does not know.
fn single_byte(bytes: &[u8]) -> &'static Encoding {
    const GERMAN: &[u8] =
        b"\xe4\xf6\xfc\xc4\xd6\xdc\xdf\x80\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\xa0\xa7\xab\xad\xb0\xb4\xb7\xbb\xe8\xe9\xe0\xe1\xea";
    if bytes.iter().all(|byte| byte.is_ascii() || GERMAN.contains(byte)) {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"de"), Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::{FileError, decode};

    #[test]
    fn every_usual_encoding_gives_the_same_text() {
        let text = "Gruppe;Ängste – „Neuer Mut“ 5 €\r\n";
        let wide: Vec<u16> = text.encode_utf16().collect();
        let le: Vec<u8> = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let be: Vec<u8> = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let windows = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        let with = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            with(b"\xef\xbb\xbf", text.as_bytes()),
            with(b"\xff\xfe", &le),
            with(b"\xfe\xff", &be),
            le,
            be,
            windows,
        ] {
            assert_eq!(decode(&bytes).unwrap(), text);
        }
    }

    #[test]
    fn foreign_letters_in_windows_1252_stay_themselves() {
        let text = "Gruppe;Ort\r\nFrau Muñoz, Herr Søren Ångström;Zürich, Café, Curaçao\r\n";
        assert_eq!(decode(&encoding_rs::WINDOWS_1252.encode(text).0).unwrap(), text);
    }

    #[test]
    fn nuls_are_no_text() {
        assert_eq!(decode(b"Gruppe;Ort\0;Zeit\nA;B;C\n"), Err(FileError::NotText));
    }
}
