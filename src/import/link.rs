//! Targets of links: only those that a reader can open, made absolute by the page's address.

/// Before a path from a page whose address is not known. No report has such targets.
pub const BESIDE: &str = "beside:";

/// The target of a link, absolute where the page's address is known. `None` for links that run
/// something or lead nowhere.
pub fn resolve(target: &str, base: Option<&str>) -> Option<String> {
    let target: String = target.trim().chars().filter(|c| !c.is_control()).collect();
    let lower = target.to_ascii_lowercase();
    if target.is_empty() || target == "#" {
        return None;
    }
    if let Some(fragment) = within(&target, base) {
        return Some(fragment.to_owned());
    }
    if target.starts_with('#')
        || ["https://", "http://", "mailto:"]
            .iter()
            .any(|scheme| lower.starts_with(scheme))
    {
        return Some(redirected(&target).unwrap_or(target));
    }
    if target
        .split(['/', '?', '#'])
        .next()
        .is_some_and(|start| start.contains(':'))
    {
        return None;
    }
    match base {
        Some(base) => join(base, &target),
        None => Some(format!("{BESIDE}{target}")),
    }
}

/// Where a link leads that Google's documents lead through Google.
fn redirected(target: &str) -> Option<String> {
    let query = target.strip_prefix("https://www.google.com/url?")?;
    let address = percent_decoded(query.split('&').find_map(|pair| pair.strip_prefix("q="))?);
    (address.starts_with("https://") || address.starts_with("http://")).then_some(address)
}

/// A target within the page itself, `#fragment`; browsers that save a page write its address
/// before it.
pub fn within<'a>(target: &'a str, base: Option<&str>) -> Option<&'a str> {
    let (page, _) = target.split_once('#')?;
    let own = base
        .and_then(|base| base.split('#').next())
        .unwrap_or_default();
    let fragment = target.get(page.len()..)?;
    ((page.is_empty() || page == own) && fragment.len() > 1).then_some(fragment)
}

/// Whether a link within a page is called as those that lead back from notes and titles are.
pub fn is_way_back(text: &str) -> bool {
    matches!(text, "↩" | "↩\u{fe0e}" | "↑" | "^" | "¶" | "#" | "⏎")
}

/// RFC 3986, section 5.2, for the usual cases: `//host`, `/path`, `../path`, `?query`.
fn join(base: &str, target: &str) -> Option<String> {
    let (scheme, rest) = base.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    if let Some(rest) = target.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    if target.starts_with('/') {
        return Some(format!("{scheme}://{host}{target}"));
    }
    let path = rest
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .strip_prefix(host)
        .unwrap_or_default();
    if target.starts_with('?') {
        return Some(format!("{scheme}://{host}{path}{target}"));
    }
    let mut folders: Vec<&str> = path.split('/').skip(1).collect();
    folders.pop();
    let mut rest = target;
    while let Some(after) = rest
        .strip_prefix("../")
        .map(|after| (folders.pop(), after))
        .or(rest.strip_prefix("./").map(|after| (None, after)))
    {
        rest = after.1;
    }
    folders.push(rest);
    Some(format!("{scheme}://{host}/{}", folders.join("/")))
}

/// The path of what a file points to, from where the file's own path begins: no fragment, no query,
/// no `%20`, no `..`, and never out of there.
pub fn beside(from: &str, target: &str) -> String {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let target = percent_decoded(target).replace('\\', "/");
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    if target.starts_with('/') {
        folders.clear();
    }
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = folders.pop(),
            part => folders.push(part),
        }
    }
    folders.join("/")
}

pub fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_absolute_and_run_nothing() {
        let base = Some("https://example.org/reports/2021/page?x=1");
        for (target, expected) in [
            ("https://a.b/c", Some("https://a.b/c")),
            (
                "https://www.google.com/url?q=https://a.b/c%3Fd%3De&sa=D&source=editors",
                Some("https://a.b/c?d=e"),
            ),
            (
                "https://www.google.com/url?q=javascript:x&sa=D",
                Some("https://www.google.com/url?q=javascript:x&sa=D"),
            ),
            ("#part", Some("#part")),
            (
                "https://example.org/reports/2021/page?x=1#part",
                Some("#part"),
            ),
            (
                "https://example.org/reports/2021/page#part",
                Some("https://example.org/reports/2021/page#part"),
            ),
            ("#", None),
            ("//cdn.org/x", Some("https://cdn.org/x")),
            ("/x", Some("https://example.org/x")),
            ("next", Some("https://example.org/reports/2021/next")),
            ("../2020/", Some("https://example.org/reports/2020/")),
            ("../../../../x", Some("https://example.org/x")),
            ("?y", Some("https://example.org/reports/2021/page?y")),
            ("javascript:alert(1)", None),
            ("data:text/html,x", None),
            ("java\nscript:x", None),
            ("", None),
        ] {
            assert_eq!(resolve(target, base).as_deref(), expected, "{target}");
        }
        assert_eq!(resolve("next", None).as_deref(), Some("beside:next"));
        assert_eq!(resolve("beside:next", None), None);
    }

    #[test]
    fn targets_stay_within_the_archive() {
        for (from, target, expected) in [
            (
                "EPUB/content.opf",
                "text/a%20b.xhtml#x",
                "EPUB/text/a b.xhtml",
            ),
            ("EPUB/nav/nav.xhtml", "../text/c.xhtml", "EPUB/text/c.xhtml"),
            ("a.opf", "../../../../etc/passwd", "etc/passwd"),
            ("x/a.opf", "/b", "b"),
            ("a.opf", "100%.html", "100%.html"),
        ] {
            assert_eq!(beside(from, target), expected);
        }
    }
}
