//! Bullets that are drawn instead of written, as browsers do: small round or square shapes before
//! text.

use pdf_extract::{Object, Transform};

use super::page::Run;

/// Most shapes of a page that may be bullets.
const MOST: usize = 2_000;
/// Least and greatest width of a bullet, in points.
const WIDTHS: std::ops::RangeInclusive<f64> = 1.0..=8.0;
/// What the path that is being drawn reaches.
#[derive(Debug, Default)]
pub struct Shape {
    corners: Option<Corners>,
}

/// The lower left and the upper right corner, each from the left and from the bottom.
type Corners = [(f32, f32); 2];

impl Shape {
    /// Adds the points of an operation; the last two numbers of `re` are a width and a height.
    pub fn add(&mut self, operator: &str, operands: &[Object]) {
        let mut numbers: Vec<f32> = operands
            .iter()
            .filter_map(|operand| operand.as_float().ok())
            .collect();
        if let ("re", [x, y, width, height]) = (operator, numbers.as_mut_slice()) {
            (*width, *height) = (*x + *width, *y + *height);
        }
        for point in numbers.chunks_exact(2) {
            let [x, y] = *point else { continue };
            let [low, high] = self.corners.unwrap_or([(x, y), (x, y)]);
            self.corners = Some([(low.0.min(x), low.1.min(y)), (high.0.max(x), high.1.max(y))]);
        }
    }

    /// What was drawn; the next path begins.
    pub fn take(&mut self) -> Option<Corners> {
        self.corners.take()
    }
}

/// A shape as a bullet, if it can be one: its edges, and about where its line is.
pub fn bullet(place: &Transform, [(x, y), (to_x, to_y)]: [(f64, f64); 2]) -> Option<Run> {
    let at = |x: f64, y: f64| {
        (
            x * place.m11 + y * place.m21 + place.m31,
            x * place.m12 + y * place.m22 + place.m32,
        )
    };
    let ((one_x, one_y), (other_x, other_y)) = (at(x, y), at(to_x, to_y));
    let (width, height) = ((one_x - other_x).abs(), (one_y - other_y).abs());
    let is_bullet = WIDTHS.contains(&width) && (width - height).abs() < width.max(height) * 0.4;
    // The points that bend a curve reach beyond it. In most type a bullet is a third as high as the type, and a third above the line.
    let size = width * 3.0;
    let (left, y) = (one_x.min(other_x), one_y.midpoint(other_y) - size / 3.0);
    is_bullet.then(|| Run {
        left,
        right: left + width,
        y,
        size,
        text: "•".into(),
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
