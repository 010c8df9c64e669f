//! Bullets that are drawn instead of written, as browsers do: small round or square shapes before
//! text.

use hayro_interpret::kurbo::Rect;

use super::page::Run;

/// Most shapes of a page that may be bullets.
const MOST: usize = 2_000;
/// Least and greatest width of a bullet, in points.
const WIDTHS: std::ops::RangeInclusive<f64> = 1.0..=8.0;

/// Signs that begin the items of a list; the last are of fonts that do not say which they are.
pub const SIGNS: [&str; 14] = [
    "•",
    "▪",
    "◦",
    "·",
    "■",
    "●",
    "–",
    "‣",
    "∙",
    "∗",
    "○",
    "➢",
    "‹ ",
    "\u{fffd} ",
];

/// Whether text is nothing but the sign of an item.
pub fn is_bullet(text: &str) -> bool {
    SIGNS.iter().any(|sign| sign.trim() == text.trim())
}

/// A shape as a bullet, if it can be one: its edges, and about where its line is.
pub fn bullet(shape: Rect) -> Option<Run> {
    let (width, height) = (shape.width(), shape.height());
    let is_bullet = WIDTHS.contains(&width) && (width - height).abs() < width.max(height) * 0.4;
    // The points that bend a curve reach beyond it. In most type a bullet is a third as high as
    // the type, and a third above the line.
    let size = width * 3.0;
    is_bullet.then(|| Run {
        left: shape.x0,
        right: shape.x1,
        y: shape.center().y - size / 3.0,
        size,
        text: "•".into(),
        ..Run::default()
    })
}

/// Adds each bullet to the piece that it precedes.
pub fn put(bullets: &[Run], runs: &mut [Run]) {
    for bullet in bullets.iter().take(MOST) {
        let distance = |run: &Run| run.left - bullet.right;
        let is_beside = |run: &&mut Run| {
            (run.y - bullet.y).abs() < run.size * 0.45 && bullet.size < run.size * 2.0
        };
        let beside = runs.iter_mut().filter(is_beside);
        // A shape with text before it on its line is not a bullet.
        let nearest =
            beside.min_by(|one, other| distance(one).abs().total_cmp(&distance(other).abs()));
        if let Some(run) = nearest.filter(|run| (0.0..run.size * 2.5).contains(&distance(run))) {
            let text = std::mem::replace(&mut run.text, bullet.text.clone());
            run.text.push_apart(&text);
            run.left = bullet.left;
        }
    }
}
