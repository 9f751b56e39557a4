//! Pages: what stands on them, that a text stays a text, and that their size does not grow with the capture.

use std::io::Cursor;

use rollwire_capture::{
    Capture, Check, Findings, Picture,
    crossing::{Pair, picture_both, picture_one},
    html,
};

use crate::files::file;

fn check(name: &str, text: &str) -> Check<Cursor<Vec<u8>>> {
    Check::new(Capture::open(name, Cursor::new(text.as_bytes().to_vec())).unwrap())
}

fn one(text: &str) -> (Findings, Picture, String) {
    let (findings, crossing, picture) = picture_one(check("FILE", text)).unwrap();
    let page = html(std::slice::from_ref(&findings), crossing.as_ref(), &picture);
    (findings, picture, page)
}

fn both(one: &str, other: &str) -> (Pair, String) {
    let (pair, picture) = picture_both(check("ONE", one), check("OTHER", other)).unwrap();
    let page = html(&pair.captures, Some(&pair.crossing), &picture);
    (pair, page)
}

/// A game in which the inputs of one frame come too late, and the hashes of that frame differ.
pub(crate) const DIVERGED: [&str; 2] = [
    "0 open\n1 > EPISODE_READY 1 aaaaaaaa\n50 < EPISODE_READY 1 aaaaaaaa\n60 > INPUT 0 0 0=1
     70 < INPUT 1 0 0=9\n75 > STATE_HASH 0 aa\n80 > INPUT 0 1 0=1 1=5\n90 < INPUT 1 1 0=9 1=9
     100 > STATE_HASH 1 bb\n120 < STATE_HASH 0 aa\n130 < STATE_HASH 1 cc\n2140 > KEEPALIVE",
    "7000 open\n7001 < EPISODE_READY 1 aaaaaaaa\n7002 > EPISODE_READY 1 aaaaaaaa
     7030 > INPUT 1 0 0=9\n7040 > INPUT 1 1 0=9 1=9\n7080 < INPUT 0 0 0=1\n7090 > STATE_HASH 0 aa
     7091 > STATE_HASH 1 cc\n7099 < INPUT 0 1 0=1 1=5\n7110 < STATE_HASH 0 aa
     7120 < STATE_HASH 1 bb\n9141 < KEEPALIVE",
];

#[test]
fn the_first_difference_says_what_each_side_had() {
    let [first, second] = DIVERGED.map(file);
    let (pair, page) = both(&first, &second);
    let divergence = pair.crossing.divergence.as_ref().unwrap();
    assert_eq!((divergence.ready, divergence.frame, divergence.last_equal), (1, 1, Some(0)));
    let had = divergence.had.each_ref().map(|it| (it.line, it.told, it.heard, it.confirmed));
    assert_eq!(had, [(10, Some(1), Some(1), Some(1)), (9, Some(1), Some(0), Some(0))]);
    let [odd] = &divergence.odd_inputs[..] else { panic!("{:?}", divergence.odd_inputs) };
    assert_eq!((odd.side, odd.frame, odd.told, odd.heard, odd.is_late), (0, 1, 5, Some(5), true));
    assert_eq!((odd.told_in, odd.heard_in), (8, Some(10)));
    let deeds = divergence.deeds.each_ref().map(|deeds| {
        deeds.iter().map(|deed| (deed.line, deed.what, deed.of, deed.frame)).collect::<Vec<_>>()
    });
    assert_eq!(
        deeds[0],
        [
            (7, "sent", "hash", 0),
            (8, "sent", "input", 1),
            (9, "received", "input", 1),
            (10, "sent", "hash", 1),
            (11, "received", "hash", 0),
            (12, "received", "hash", 1),
        ]
    );
    assert_eq!(deeds[1].len(), 6);
    assert!(page.contains("after it had sent its hash"), "{page}");
    assert!(page.contains("the last equal hashes are those of frame 0"), "{page}");
}

#[test]
fn the_same_inputs_and_other_hashes_are_told_apart_from_lost_inputs() {
    let second = DIVERGED[1].replace("7099 < INPUT 0 1 0=1 1=5", "7085 < INPUT 0 1 0=1 1=5");
    // In the order of time.
    let mut lines: Vec<&str> = second.lines().map(str::trim).collect();
    lines.sort_by_key(|line| line.split_once(' ').unwrap().0.parse::<u32>().unwrap());
    let right = lines.join("\n");
    let (_, page) = both(&file(DIVERGED[0]), &file(&right));
    assert!(page.contains("the same inputs led to different states"), "{page}");
    let other = right.replace("1=5", "1=6");
    let (_, page) = both(&file(DIVERGED[0]), &file(&other));
    assert!(
        page.contains("frame 1 of ONE: 5 in line 8 of ONE, but 6 in line 8 of OTHER"),
        "{page}"
    );
    let never = right.replace("7085 < INPUT 0 1 0=1 1=5\n", "");
    let (_, page) = both(&file(DIVERGED[0]), &file(&never));
    assert!(page.contains("OTHER had not received it"), "{page}");
}

/// The estimate takes 7 s off the second clock, so that both sides stand on one axis.
#[test]
fn both_sides_share_one_axis() {
    let [first, second] = DIVERGED.map(file);
    let (pair, page) = both(&first, &second);
    // 6.98 to 7.02 s in one direction, 6.96 in the other.
    let apart = pair.crossing.clocks_apart().unwrap();
    assert!((6_950_000..7_050_000).contains(&apart), "{apart}");
    assert!(page.contains("The clock of OTHER is taken to be 6.9"), "{page}");
    assert!(page.contains(">0.5 s</text>") && !page.contains(">7 s</text>"), "{page}");
    // If nothing arrived in one direction, the offset of the clocks cannot be estimated.
    let deaf = file("7000 open\n7001 < KEEPALIVE\n7500 < KEEPALIVE");
    let (pair, page) = both(&first, &deaf);
    assert_eq!(pair.crossing.clocks_apart(), None);
    assert!(page.contains("both begin at the left") && !page.contains(">7 s</text>"), "{page}");
}

/// The names of the elements of a page, in their order.
fn elements(page: &str) -> Vec<&str> {
    let tags = page.split('<').skip(1);
    tags.map(|tag| tag.split([' ', '>', '/']).next().unwrap_or_default()).collect()
}

#[test]
fn what_a_capture_says_stays_text() {
    let hostile = r#"</title></h1><script>alert(1)</script><a href=\"javascript:x\">&lt;"#;
    let capture = |name: &str| {
        format!(
            "{{\"capture\":1,\"peer\":\"{name}\",\"tap\":\"<b>\"}}\n\
             {{\"tap\":\"<b>\",\"at\":1,\"channel\":\"open\"}}\n\
             {{\"tap\":\"<b>\",\"at\":2,\"received\":{{\"text\":\"{name}\"}}}}\n\
             {{\"tap\":\"<b>\",\"at\":3,\"error\":\"{name}\"}}\n\
             {{\"tap\":\"<b>\",\"at\":4,\"received\":\"99\"}}\n{{\"tap\":\"{name}\",\"at\":5}}\n"
        )
    };
    let (findings, _, page) = one(&capture(hostile));
    assert_eq!(findings.sides[0].violations.len(), 1);
    let harmless: String = hostile
        .chars()
        .map(|it| if ['<', '>', '&', '\''].contains(&it) { '~' } else { it })
        .collect();
    let (_, _, twin) = one(&capture(&harmless));
    assert_eq!(elements(&page), elements(&twin));
    assert!(page.matches("&#60;script&#62;alert(1)").count() >= 4, "{page}");
    assert!(!page.contains("<script"), "{page}");
}

/// A capture of fourteen hours, and one of thirty thousand years: neither makes a larger page.
#[test]
fn the_size_of_a_page_does_not_grow_with_the_capture() {
    for step in [5_000, 100_000_000_000_u64] {
        let mut capture = "0 open\n".to_owned();
        for number in 1..=10_000_u64 {
            let at = number * step;
            let frame = u32::try_from(number).unwrap();
            capture += &match number % 5 {
                0 => format!("{at} > EPISODE_READY {} aaaaaaaa\n", number / 5),
                1 => format!("{at} > INPUT 0 {frame} {frame}=1\n"),
                2 => format!("{at} < INPUT 1 {frame} {frame}=1\n"),
                3 => format!("{at} closed\n"),
                _ => format!("{at} open\n"),
            };
        }
        let (findings, picture, page) = one(&file(&capture));
        assert_eq!((findings.datagrams(), picture.datagrams()), (6000, 6000));
        assert!((180..=360).contains(&picture.pieces()), "{}", picture.pieces());
        assert!(page.len() < 200_000, "{} bytes", page.len());
        // All two thousand episodes are in some band.
        assert!(page.contains("episodes 0 to "), "{page}");
    }
}

#[test]
fn captures_of_nothing_and_of_many_taps_have_a_page() {
    let (_, _, page) = one("{\"capture\":1}\n");
    assert!(page.contains("a capture without datagrams: nothing was checked"), "{page}");
    assert!(page.contains("nothing to judge") && !page.contains("not broken"), "{page}");
    let headers = (0..16).map(|tap| format!("{{\"capture\":1,\"tap\":\"t{tap}\"}}\n"));
    let records =
        (0..16).map(|tap| format!("{{\"tap\":\"t{tap}\",\"at\":{tap},\"sent\":\"99\"}}\n"));
    let (findings, picture, page) = one(&headers.chain(records).collect::<String>());
    assert_eq!((findings.sides.len(), picture.datagrams()), (16, 16));
    for tap in 0..16 {
        assert!(page.contains(&format!("<p class=\"name\">t{tap}</p>")), "{tap}: {page}");
        assert!(page.contains(&format!("href=\"#v{}\"", tap + 1)), "{tap}: {page}");
    }
}

/// What was refused, and what is not a message, is counted as well.
#[test]
fn every_kind_of_datagram_is_in_the_picture() {
    let (findings, picture, _) = one(&file("0 open\n1 x KEEPALIVE\n2 > KEEPALIVE\n3 < 99"));
    assert_eq!((findings.datagrams(), picture.datagrams()), (3, 3));
}
