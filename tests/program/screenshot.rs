//! The README's pictures, dark and light: the real program in a real pty, its screen written as SVG.

use std::{
    fs,
    io::{Read, Write},
    path::Path,
    process::Command,
    sync::mpsc::channel,
    time::{Duration, Instant},
};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use vt100::{Cell, Color, Parser, Screen};

/// A picture: its theme, and the terminal that it is shown in.
struct Picture {
    theme: &'static str,
    file: &'static str,
    ground: &'static str,
    text: &'static str,
}

const PICTURES: [Picture; 2] = [
    Picture {
        theme: "dark",
        file: "assets/screenshot.svg",
        ground: "#1c1c1c",
        text: "#d0d0d0",
    },
    Picture {
        theme: "light",
        file: "assets/screenshot-light.svg",
        ground: "#eeeeee",
        text: "#202020",
    },
];
const ROWS: u16 = 30;
const COLUMNS: u16 = 120;
/// Pixels of a cell.
const CELL: (usize, usize) = (9, 19);

#[test]
fn the_pictures_in_the_readme_are_what_the_program_shows() {
    let home = tempfile::tempdir().expect("a folder");
    for (address, text) in [
        (
            "2:5",
            "Bias shapes who is seen as a victim. Quote this. #equity #identification",
        ),
        ("2:4", "\"our role\": rare in a report like this."),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tip-reader"));
        assert!(
            command
                .args(["notes", "add", address, text])
                .env("TIP_READER_HOME", home.path())
                .output()
                .expect("run")
                .status
                .success()
        );
    }
    for picture in PICTURES {
        let made = picture.svg(screen(home.path(), picture.theme).screen());
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(picture.file);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(file, made).expect("written");
            continue;
        }
        assert!(
            fs::read_to_string(file).expect("the picture") == made,
            "{} is old; packaging/pictures makes it again",
            picture.file
        );
    }
}

/// Runs the program up to the screen of the picture.
fn screen(home: &Path, theme: &str) -> Parser {
    let pair = native_pty_system()
        .openpty(PtySize {
            rows: ROWS,
            cols: COLUMNS,
            pixel_width: 0,
            pixel_height: 0,
        })
        .expect("a pty");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_tip-reader"));
    command.args(["--theme", theme, "--at", "2:4"]);
    for (name, value) in [
        ("TERM", "xterm-256color"),
        ("LANG", "en_US.UTF-8"),
        ("LC_ALL", ""),
        ("NO_COLOR", ""),
    ] {
        command.env(name, value);
    }
    command.env("TIP_READER_HOME", home);
    let mut child = pair.slave.spawn_command(command).expect("the program");
    let mut output = pair.master.try_clone_reader().expect("its output");
    let mut input = pair.master.take_writer().expect("its input");
    let (send, chunks) = channel();
    std::thread::spawn(move || {
        let mut chunk = [0; 65536];
        while let Ok(count @ 1..) = output.read(&mut chunk) {
            if send
                .send(chunk.iter().take(count).copied().collect::<Vec<u8>>())
                .is_err()
            {
                return;
            }
        }
    });
    let mut parser = Parser::new(
        ROWS.try_into().expect("rows"),
        COLUMNS.try_into().expect("columns"),
        0,
    );
    let until = Instant::now() + Duration::from_secs(20);
    let mut pressed = false;
    loop {
        assert!(
            Instant::now() < until,
            "the program did not get so far:\n{}",
            parser.screen().contents()
        );
        if let Ok(chunk) = chunks.recv_timeout(Duration::from_millis(100)) {
            parser.process(&chunk);
        }
        let shown = parser.screen().contents();
        if !pressed && shown.contains("2●") && shown.contains("Bias") {
            input.write_all(b"}").expect("a key");
            pressed = true;
        }
        if pressed && shown.contains(" 2:5 ") {
            break;
        }
    }
    child.kill().expect("killed");
    child.wait().expect("ended");
    parser
}

impl Picture {
    fn svg(&self, screen: &Screen) -> String {
        let (width, height) = (usize::from(COLUMNS) * CELL.0, usize::from(ROWS) * CELL.1);
        let mut picture = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-10 -10 {} {}\" font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"15\">\n<rect x=\"-10\" y=\"-10\" width=\"100%\" height=\"100%\" fill=\"{}\"/>\n",
            width + 20,
            height + 20,
            self.ground
        );
        for row in 0..ROWS {
            let mut column = 0;
            while column < COLUMNS {
                let first = screen.cell(row, column).expect("a cell");
                let style = self.style(first);
                let mut text = String::new();
                let start = column;
                while let Some(cell) = screen
                    .cell(row, column)
                    .filter(|cell| self.style(cell) == style)
                {
                    text.push_str(if cell.has_contents() {
                        cell.contents()
                    } else {
                        " "
                    });
                    column += 1;
                }
                picture.push_str(&self.run(&text, (start, column - start, row), &style));
            }
        }
        picture + "</svg>\n"
    }

    /// Foreground, background, and attributes of the text.
    fn style(&self, cell: &Cell) -> (String, String, String) {
        let (mut front, mut back) = (
            colour(cell.fgcolor(), self.text),
            colour(cell.bgcolor(), self.ground),
        );
        if cell.inverse() {
            std::mem::swap(&mut front, &mut back);
        }
        let mut attributes = String::new();
        for (has, attribute) in [
            (cell.bold(), " font-weight=\"bold\""),
            (cell.italic(), " font-style=\"italic\""),
            (cell.underline(), " text-decoration=\"underline\""),
            (cell.dim(), " opacity=\"0.6\""),
        ] {
            attributes.push_str(if has { attribute } else { "" });
        }
        (front, back, attributes)
    }

    fn run(&self, text: &str, place: (u16, u16, u16), style: &(String, String, String)) -> String {
        let (column, columns, row) = place;
        let (x, y, width) = (
            usize::from(column) * CELL.0,
            usize::from(row) * CELL.1,
            usize::from(columns) * CELL.0,
        );
        let (front, back, attributes) = style;
        let mut run = String::new();
        if back != self.ground {
            run.push_str(&format!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\" fill=\"{back}\"/>\n",
                CELL.1
            ));
        }
        if !text.trim().is_empty() {
            let shown = text.trim_end();
            let length = shown.chars().count() * CELL.0;
            let escaped = shown
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;");
            run.push_str(&format!(
            "<text x=\"{x}\" y=\"{}\" fill=\"{front}\"{attributes} textLength=\"{length}\" xml:space=\"preserve\">{escaped}</text>\n",
            y + 15
        ));
        }
        run
    }
}

/// The usual 256 colours.
fn colour(colour: Color, default: &str) -> String {
    let level = |step: u8| {
        if step == 0 {
            0
        } else {
            55 + 40 * u32::from(step)
        }
    };
    match colour {
        Color::Default => default.to_owned(),
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        Color::Idx(index @ 232..) => {
            format!("#{0:02x}{0:02x}{0:02x}", 8 + 10 * u32::from(index - 232))
        }
        Color::Idx(index @ 16..) => {
            let index = index - 16;
            format!(
                "#{:02x}{:02x}{:02x}",
                level(index / 36),
                level(index / 6 % 6),
                level(index % 6)
            )
        }
        Color::Idx(index) => {
            let on = if index >= 8 { 0xff } else { 0xcd };
            let part = |bit: u8| if index & bit == 0 { 0 } else { on };
            format!("#{:02x}{:02x}{:02x}", part(1), part(2), part(4))
        }
    }
}
