//! The command table: the one source of dispatch, help, hints, `keys`, README, manual page and
//! the completion of `:`.

mod context;
pub mod key;
pub mod keymap;
pub mod manual;
pub mod settings;

pub use context::Context;

/// What a command is given besides a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    Nothing,
    /// One more key: a letter.
    Letter,
    /// Words after its name on the command line, described here.
    Words(&'static str),
}

/// One row of the table.
#[derive(Debug)]
pub struct Row {
    pub command: Command,
    /// Kebab-case, for `:` and the config file.
    pub name: &'static str,
    pub context: Context,
    /// Key sequences as [`crate::command::key::Key`] writes them, the one to show first. A command
    /// without keys takes words and is run from the command line.
    pub keys: &'static [&'static str],
    pub takes: Takes,
    /// A word for the status line; empty for most.
    pub hint: &'static str,
    /// What it does, as a sentence without a full stop.
    pub doc: &'static str,
}

macro_rules! commands {
    ($($context:ident { $($variant:ident $name:literal [$($key:literal)*] $takes:expr, $hint:literal, $doc:literal;)* })*) => {
        /// Everything that the reader can be asked to do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Command {
            $($(#[doc = $doc] $variant,)*)*
        }

        /// All commands, in the order in which they are shown.
        pub const TABLE: &[Row] = &[$($(Row {
            command: Command::$variant,
            name: $name,
            context: Context::$context,
            keys: &[$($key),*],
            takes: $takes,
            hint: $hint,
            doc: $doc,
        },)*)*];
    };
}

use Takes::{Letter, Nothing, Words};

commands! {
    Reading {
        LineDown "line-down" ["j" "↓" "C-e"] Nothing, "", "Scroll one line down; at the end, to the next paragraph";
        LineUp "line-up" ["k" "↑" "C-y"] Nothing, "", "Scroll one line up; at the start, to the previous paragraph";
        PageDown "page-down" ["Space" "f" "PgDn" "C-f"] Nothing, "page", "One page down, keeping two lines";
        PageUp "page-up" ["b" "PgUp" "C-b"] Nothing, "", "One page up, keeping two lines";
        HalfPageDown "half-page-down" ["d" "C-d"] Nothing, "", "Half a page down";
        HalfPageUp "half-page-up" ["u" "C-u"] Nothing, "", "Half a page up";
        GoToStart "go-to-start" ["g g" "Home"] Nothing, "", "Go to the start of the report; with a count, to that section";
        GoToEnd "go-to-end" ["G" "End"] Nothing, "", "Go to the end of the report; with a count, to that section (`3G`)";
        GoToPercent "go-to-percent" ["%"] Nothing, "", "Go to that percent of the report (`50%`)";
        NextSection "next-section" ["]" "J"] Nothing, "section", "Go to the next section";
        PreviousSection "previous-section" ["[" "K"] Nothing, "", "Go to the start of the section, then to the previous one";
        NextParagraph "next-paragraph" ["}"] Nothing, "paragraph", "Move the paragraph cursor to the next paragraph";
        PreviousParagraph "previous-paragraph" ["{"] Nothing, "", "Move the paragraph cursor to the previous paragraph";
        NextSentence "next-sentence" [")"] Nothing, "", "Go to the next sentence";
        PreviousSentence "previous-sentence" ["("] Nothing, "", "Go to the previous sentence";
        Search "search" ["/"] Nothing, "search", "Search the whole report as you type";
        SearchBackward "search-backward" ["g /"] Nothing, "", "Search backward as you type";
        NextMatch "next-match" ["n"] Nothing, "", "Go to the next match of the search";
        PreviousMatch "previous-match" ["N"] Nothing, "", "Go to the previous match of the search";
        ListMatches "list-matches" ["&"] Nothing, "", "List all matches of the search with the words around them";
        SearchWord "search-word" ["*"] Nothing, "", "Search for the selection, else for the word at the cursor";
        AddNote "add-note" ["a"] Nothing, "note", "Write a note on the selection, else the match one is at, else the paragraph";
        Highlight "highlight" ["H"] Nothing, "highlight", "Highlight the selection, else the match, else the paragraph; then a letter for its colour";
        Select "select" ["v"] Nothing, "select", "Select text from the cursor on, by characters";
        SelectParagraphs "select-paragraphs" ["V"] Nothing, "", "Select whole paragraphs from the cursor on";
        EditNote "edit-note" ["e"] Nothing, "", "Edit the note here";
        EditOutside "edit-outside" ["E"] Nothing, "", "Edit the note here, or write one, in `$VISUAL` or `$EDITOR`";
        ResumeDraft "resume-draft" ["D"] Nothing, "", "Go on with a note that was typed and not saved";
        ReadNote "read-note" ["Enter"] Nothing, "", "Read the notes here in full";
        Copy "copy" ["y"] Nothing, "", "Copy the selection, else the paragraph";
        CopyCitation "copy-citation" ["Y"] Nothing, "", "Copy it in quotation marks with its citation";
        Pipe "pipe" ["|"] Nothing, "", "Send it to a command of the shell";
        DeleteAnnotation "delete-annotation" ["x"] Nothing, "", "Delete the note, highlight or bookmark here";
        ListAnnotations "list-annotations" ["A"] Nothing, "all notes", "List all notes, highlights and bookmarks";
        ListBookmarks "list-bookmarks" ["B"] Nothing, "", "List the bookmarks";
        ListToCheck "list-to-check" ["S"] Nothing, "", "List the notes that need a look in this edition: changed, unsure or orphaned, and not settled";
        AcceptPlace "accept-place" ["s y"] Nothing, "", "Settle that the note here stands where it is shown; an orphan, that it has no place";
        PickPlace "pick-place" ["s p"] Nothing, "", "Pick the place of the note here in this edition from all that could be it";
        SettleHere "settle-here" ["s h"] Nothing, "", "Settle that the note one looks for, else the one here, is on the selection, match or paragraph";
        KeepAsOrphan "keep-as-orphan" ["s o"] Nothing, "", "Settle that this edition does not have the passage of the note here";
        Withdraw "withdraw" ["s w"] Nothing, "", "Take back what was settled of the note here";
        NextAnnotation "next-annotation" [">"] Nothing, "", "Go to the next note, highlight or bookmark";
        PreviousAnnotation "previous-annotation" ["<"] Nothing, "", "Go to the previous note, highlight or bookmark";
        ToggleBookmark "toggle-bookmark" ["m m"] Nothing, "bookmark", "Bookmark this paragraph, or remove its bookmark";
        SetBookmark "set-bookmark" ["m"] Letter, "", "Set the bookmark of that letter here";
        GoBack "go-back" ["' '" "` `"] Nothing, "", "Go back to where the last jump began, and forth again";
        GoToBookmark "go-to-bookmark" ["'" "`"] Letter, "", "Go to the bookmark of that letter";
        BackThroughPlaces "back-through-places" ["C-o" "M-←"] Nothing, "", "Go back through the places left by jumps, then to the report before";
        ForwardThroughPlaces "forward-through-places" ["M-→" "g ,"] Nothing, "", "Go forward through the places left by jumps";
        NextLink "next-link" ["g l"] Nothing, "", "Select the next link or address in the text; Enter follows it";
        PreviousLink "previous-link" ["g L"] Nothing, "", "Select the link before";
        OpenLink "open-link" ["g x"] Nothing, "", "Open the link here with the system's program for it";
        CopyLink "copy-link" ["g y"] Nothing, "", "Copy what the link here leads to";
        FindSection "find-section" ["o"] Nothing, "", "Go to a section by typing part of its title, or an address; or to another report";
        ListPlaces "places" ["g p"] Nothing, "", "List the places left by jumps";
        FocusSections "focus-sections" ["Tab"] Nothing, "sections", "Go to the section pane";
        ToggleSections "toggle-sections" ["t"] Nothing, "", "Show or hide the section pane";
        ToggleNumbers "toggle-numbers" ["#"] Nothing, "", "Show or hide paragraph numbers";
        Widen "widen" ["+"] Nothing, "", "Make the measure wider, by two columns";
        Narrow "narrow" ["-"] Nothing, "", "Make the measure narrower, by two columns";
        DefaultMeasure "default-measure" ["="] Nothing, "", "Set the measure back to its default";
        NextTheme "next-theme" ["c"] Nothing, "", "Change to the next theme";
        ToggleTextOnly "toggle-text-only" ["z"] Nothing, "", "Show only the text, or everything again";
        Messages "messages" ["g <"] Nothing, "", "Show the last message once more and whole; again, the one before";
        CommandLine "command-line" [":"] Nothing, "", "Run a command by its name";
        Go "go" [] Words("ADDRESS"), "", "Go to an address (`:go 2:5`; `:2:5` is enough)";
        Comparison "comparison" ["g c"] Nothing, "", "Go back to the comparison that was left, or choose a report to compare with";
        Compare "compare" [] Words("REPORT"), "", "Show what changed since another edition: an id or a file; without one, choose";
        Open "open" [] Words("REPORT"), "", "Open another report: an id or a file; without one, choose";
        SetTheme "theme" [] Words("NAME"), "", "Change to the theme of that name";
        SetMeasure "measure" [] Words("COLUMNS"), "", "Set the most columns that a line of text takes";
    }
    Selecting {
        SelectLeft "select-left" ["h" "←"] Nothing, "", "Move the end of the selection one character left";
        SelectRight "select-right" ["l" "→"] Nothing, "", "Move it one character right";
        SelectDown "select-down" ["j" "↓"] Nothing, "", "Move it one line down";
        SelectUp "select-up" ["k" "↑"] Nothing, "", "Move it one line up";
        SelectWord "select-word" ["w"] Nothing, "word", "Move it to the next word";
        SelectWordBack "select-word-back" ["b"] Nothing, "", "Move it to the start of the word, then to the one before";
        SelectWordEnd "select-word-end" ["e"] Nothing, "", "Move it to the end of the word, then of the next one";
        SelectLineStart "select-line-start" ["0" "Home"] Nothing, "", "Move it to the start of the line";
        SelectLineEnd "select-line-end" ["$" "End"] Nothing, "", "Move it to the end of the line";
        SelectSentence "select-sentence" [")"] Nothing, "sentence", "Move it to the end of the sentence, then of the next one";
        SelectSentenceBack "select-sentence-back" ["("] Nothing, "", "Move it to the start of the sentence, then of the one before";
        SelectParagraph "select-paragraph" ["}"] Nothing, "", "Move it to the end of the paragraph, then of the next one";
        SelectParagraphBack "select-paragraph-back" ["{"] Nothing, "", "Move it to the start of the paragraph, then of the one before";
        SwapEnds "swap-ends" ["o"] Nothing, "other end", "Go to the other end of the selection";
        SelectAnew "select-anew" ["v"] Nothing, "begin here", "Begin the selection anew here, by characters";
        SelectParagraphsAnew "select-paragraphs-anew" ["V"] Nothing, "", "Select whole paragraphs; again begins anew here";
    }
    Colouring {
        Yellow "yellow" ["y"] Nothing, "", "Make the highlight yellow";
        Green "green" ["g"] Nothing, "", "Make the highlight green";
        Blue "blue" ["b"] Nothing, "", "Make the highlight blue";
        Red "red" ["r"] Nothing, "", "Make the highlight red";
        Purple "purple" ["p"] Nothing, "", "Make the highlight purple";
        RemoveHighlight "remove-highlight" ["x"] Nothing, "", "Remove the highlight";
    }
    Sections {
        SectionDown "section-down" ["j" "↓"] Nothing, "", "Select the next section";
        SectionUp "section-up" ["k" "↑"] Nothing, "", "Select the previous section";
        FirstSection "first-section" ["g" "Home"] Nothing, "", "Select the first section";
        LastSection "last-section" ["G" "End"] Nothing, "", "Select the last section";
        OpenSection "open-section" ["Enter"] Nothing, "go there", "Go to the selected section; a number goes to that one";
        FilterSections "filter-sections" ["/"] Nothing, "filter", "Show only sections whose title has what is typed";
        FoldSection "fold-section" ["h" "←"] Nothing, "fold", "Fold the section, or select the one that holds it";
        UnfoldSection "unfold-section" ["l" "→"] Nothing, "unfold", "Unfold the section";
        LeaveSections "leave-sections" ["Tab"] Nothing, "back to the text", "Go back to the text";
        HideSections "hide-sections" ["t"] Nothing, "", "Hide the section pane";
    }
    Panel {
        PanelDown "panel-down" ["j" "↓"] Nothing, "", "Scroll the note one line down";
        PanelUp "panel-up" ["k" "↑"] Nothing, "", "Scroll the note one line up";
        PanelPageDown "panel-page-down" ["Space" "f" "d" "PgDn"] Nothing, "", "Scroll the note one page down";
        PanelPageUp "panel-page-up" ["b" "u" "PgUp"] Nothing, "", "Scroll the note one page up";
        PanelNext "panel-next" ["n" "Tab"] Nothing, "next", "Show the next note on this passage";
        PanelEdit "panel-edit" ["e" "a"] Nothing, "edit", "Edit this note";
        PanelDelete "panel-delete" ["x"] Nothing, "delete", "Delete this note";
        PanelAccept "panel-accept" ["y"] Nothing, "accept", "Settle that it stands where it is shown, then the next; an orphan, that it has no place";
        PanelPick "panel-pick" ["p"] Nothing, "pick a place", "Pick its place in this edition from all that could be it, or go and find it";
        PanelOrphan "panel-orphan" ["o"] Nothing, "orphan", "Settle that this edition does not have its passage";
        PanelWithdraw "panel-withdraw" ["w"] Nothing, "", "Take back what was settled";
        PanelClose "panel-close" ["Enter"] Nothing, "close", "Close the note";
    }
    List {
        ListOpen "list-open" ["Enter"] Nothing, "go there", "Go to the passage of the selected one";
        ListDown "list-down" ["j" "↓"] Nothing, "", "Select the next one";
        ListUp "list-up" ["k" "↑"] Nothing, "", "Select the one before";
        ListPageDown "list-page-down" ["Space" "f" "d" "PgDn" "C-f" "C-d"] Nothing, "", "Go down half a screen";
        ListPageUp "list-page-up" ["b" "u" "PgUp" "C-b" "C-u"] Nothing, "", "Go up half a screen";
        ListFirst "list-first" ["g" "Home"] Nothing, "", "Select the first one";
        ListLast "list-last" ["G" "End"] Nothing, "", "Select the last one";
        ListFilter "list-filter" ["/"] Nothing, "filter", "Type a filter: words, #tag, is:note, is:review, section:2, color:green";
        ListEdit "list-edit" ["e" "a"] Nothing, "edit", "Edit the selected one";
        ListDelete "list-delete" ["x"] Nothing, "delete", "Delete the selected one";
        ListRead "list-read" ["v"] Nothing, "view", "Read the selected one in full: its old words, and what changed since";
        ListAccept "list-accept" ["y"] Nothing, "accept", "Settle that it stands where it is shown, then the next; an orphan, that it has no place";
        ListPick "list-pick" ["p"] Nothing, "pick a place", "Pick its place in this edition from all that could be it, or go and find it";
        ListOrphan "list-orphan" ["o"] Nothing, "orphan", "Settle that this edition does not have its passage";
        ListWithdraw "list-withdraw" ["w"] Nothing, "", "Take back what was settled";
        ListNextTab "list-next-tab" ["Tab" "l" "→"] Nothing, "next tab", "Go to the next tab";
        ListPreviousTab "list-previous-tab" ["S-Tab" "h" "←"] Nothing, "", "Go to the tab before";
        ListSort "list-sort" ["s"] Nothing, "sort", "Sort by date or by place";
    }
    Filter {
        FilterDone "filter-done" ["Enter"] Nothing, "done", "Go on in what the filter leaves";
        FilterDrop "filter-drop" ["Esc" "C-c"] Nothing, "drop the filter", "Drop the filter";
        FilterDown "filter-down" ["↓" "C-n"] Nothing, "", "Select the next one";
        FilterUp "filter-up" ["↑" "C-p"] Nothing, "", "Select the one before";
    }
    Comparison {
        CompareNext "compare-next" ["n" "}"] Nothing, "next", "Go to the next change, or the next of your notes";
        ComparePrevious "compare-previous" ["N" "{"] Nothing, "", "Go to the change before";
        CompareUnfold "compare-unfold" ["z" "Tab"] Nothing, "unfold", "Show what stayed in full, or fold it";
        CompareGo "compare-go" ["Enter"] Nothing, "go there", "Go to where the change stands in the report";
        CompareNextSection "compare-next-section" ["]" "J"] Nothing, "section", "Go to the next section that changed";
        ComparePreviousSection "compare-previous-section" ["[" "K"] Nothing, "", "Go to the start of the section, then to the one before";
        CompareCopy "compare-copy" ["y"] Nothing, "", "Copy the change, words as [-removed-] and {+added+}";
        CompareDown "compare-down" ["j" "↓"] Nothing, "", "Scroll one line down";
        CompareUp "compare-up" ["k" "↑"] Nothing, "", "Scroll one line up";
        ComparePageDown "compare-page-down" ["Space" "f" "PgDn" "C-f"] Nothing, "", "One page down";
        ComparePageUp "compare-page-up" ["b" "PgUp" "C-b"] Nothing, "", "One page up";
        CompareHalfPageDown "compare-half-page-down" ["d" "C-d"] Nothing, "", "Half a page down";
        CompareHalfPageUp "compare-half-page-up" ["u" "C-u"] Nothing, "", "Half a page up";
        CompareStart "compare-start" ["g" "Home"] Nothing, "", "Go to the start";
        CompareEnd "compare-end" ["G" "End"] Nothing, "", "Go to the end";
    }
    Help {
        HelpDown "help-down" ["j" "↓"] Nothing, "down", "Scroll the help down";
        HelpUp "help-up" ["k" "↑"] Nothing, "up", "Scroll the help up";
        HelpPageDown "help-page-down" ["Space" "f" "d" "PgDn"] Nothing, "page", "Scroll the help one page down";
        HelpPageUp "help-page-up" ["b" "u" "PgUp"] Nothing, "", "Scroll the help one page up";
        HelpStart "help-start" ["g" "Home"] Nothing, "", "Go to the start of the help";
        HelpEnd "help-end" ["G" "End"] Nothing, "", "Go to the end of the help";
    }
    Anywhere {
        Help "help" ["?" "F1"] Nothing, "help", "Help for where you are";
        Quit "quit" ["q"] Nothing, "quit", "Close what is on top, else quit; all is saved";
        Undo "undo" ["U"] Nothing, "", "Undo the last change of the notebook";
        Redo "redo" ["C-r"] Nothing, "", "Make the change again that was undone last";
        Cancel "cancel" ["Esc"] Nothing, "", "Cancel what is on top, or the keys typed so far";
        Redraw "redraw" ["C-l"] Nothing, "", "Draw the screen afresh";
        Suspend "suspend" ["C-z"] Nothing, "", "Suspend the program";
        Interrupt "interrupt" ["C-c"] Nothing, "", "Cancel; twice quits";
    }
    NoteBox {
        SaveNote "save-note" ["C-s" "M-Enter"] Nothing, "save", "Save the note and return to the text";
        KeepDraft "keep-draft" ["Esc" "C-c"] Nothing, "close, keep the draft", "Close the box; what was typed is offered again here";
        NewLine "new-line" ["Enter"] Nothing, "", "Begin a new line";
        HandNoteOver "hand-note-over" ["M-e"] Nothing, "", "Go on in `$VISUAL` or `$EDITOR`";
        LineAbove "line-above" ["↑" "C-p"] Nothing, "", "Move the caret one line up";
        LineBelow "line-below" ["↓" "C-n"] Nothing, "", "Move the caret one line down";
    }
    CommandLine {
        RunLine "run-line" ["Enter"] Nothing, "run", "Run the command";
        Complete "complete" ["Tab"] Nothing, "complete", "Complete the name; again for the next that fits";
        EarlierLine "earlier-line" ["↑" "C-p"] Nothing, "", "Recall an earlier command";
        LaterLine "later-line" ["↓" "C-n"] Nothing, "", "Recall a later command";
        LeaveLine "leave-line" ["Esc" "C-c"] Nothing, "cancel", "Close the command line";
    }
    Chooser {
        ChooserGo "chooser-go" ["Enter"] Nothing, "go there", "Go to what is selected";
        ChooserLeave "chooser-leave" ["Esc" "C-c"] Nothing, "return", "Return to where one was";
        ChooserDown "chooser-down" ["↓" "C-n" "Tab"] Nothing, "", "Select the next one";
        ChooserUp "chooser-up" ["↑" "C-p" "S-Tab"] Nothing, "", "Select the one before";
        ChooserPageDown "chooser-page-down" ["PgDn"] Nothing, "", "Go a page down";
        ChooserPageUp "chooser-page-up" ["PgUp"] Nothing, "", "Go a page up";
        ChooserFirst "chooser-first" ["M-<"] Nothing, "", "Select the first one";
        ChooserLast "chooser-last" ["M->"] Nothing, "", "Select the last one";
    }
    PaneFilter {
        PaneFilterGo "pane-filter-go" ["Enter"] Nothing, "go there", "Go to the selected section";
        PaneFilterDrop "pane-filter-drop" ["Esc" "C-c"] Nothing, "all sections", "Show all sections again";
        PaneFilterDown "pane-filter-down" ["↓" "C-n" "Tab"] Nothing, "", "Select the next section";
        PaneFilterUp "pane-filter-up" ["↑" "C-p" "S-Tab"] Nothing, "", "Select the section before";
    }
    SearchBox {
        AcceptSearch "accept-search" ["Enter"] Nothing, "stay here", "Stay at the match; nothing typed searches again for the last";
        LeaveSearch "leave-search" ["Esc" "C-c"] Nothing, "return", "Return to where the search began";
        ListFromSearch "list-from-search" ["M-Enter"] Nothing, "", "List all matches";
        StepForward "step-forward" ["Tab"] Nothing, "", "Show the next match";
        StepBackward "step-backward" ["S-Tab"] Nothing, "", "Show the previous match";
        EarlierSearch "earlier-search" ["↑" "C-p"] Nothing, "", "Recall an earlier search";
        LaterSearch "later-search" ["↓" "C-n"] Nothing, "", "Recall a later search";
        ToggleRegex "toggle-regex" ["M-r" "C-r"] Nothing, "", "Take what is typed as a regular expression, or as plain text";
        ToggleCase "toggle-case" ["M-c"] Nothing, "", "Let case count, or not: else it counts where a capital is typed";
        ToggleWord "toggle-word" ["M-w"] Nothing, "", "Find only whole words, or parts of words too";
    }
    Typing {
        CaretLeft "caret-left" ["←" "C-b"] Nothing, "", "Move the caret one character left";
        CaretRight "caret-right" ["→" "C-f"] Nothing, "", "Move the caret one character right";
        CaretWordLeft "caret-word-left" ["M-b" "C-←" "M-←"] Nothing, "", "Move the caret one word left";
        CaretWordRight "caret-word-right" ["M-f" "C-→" "M-→"] Nothing, "", "Move the caret one word right";
        CaretHome "caret-home" ["Home" "C-a"] Nothing, "", "Move the caret to the start of the line";
        CaretEnd "caret-end" ["End" "C-e"] Nothing, "", "Move the caret to the end of the line";
        EraseLeft "erase-left" ["Backspace" "C-h"] Nothing, "", "Erase the character before the caret";
        EraseRight "erase-right" ["Del" "C-d"] Nothing, "", "Erase the character at the caret";
        EraseWord "erase-word" ["C-w" "M-Backspace"] Nothing, "", "Erase the word before the caret";
        EraseToStart "erase-to-start" ["C-u"] Nothing, "", "Erase to the start of the line";
        EraseToEnd "erase-to-end" ["C-k"] Nothing, "", "Erase to the end of the line";
        UndoTyping "undo-typing" ["M-u" "C-_"] Nothing, "", "Undo the last typing or erasing";
        RedoTyping "redo-typing" ["C-y" "M-U"] Nothing, "", "Make the typing or erasing again that was undone last";
        SuspendTyping "suspend-typing" ["C-z"] Nothing, "", "Suspend the program; the text stays";
        RedrawTyping "redraw-typing" ["C-l"] Nothing, "", "Draw the screen afresh";
        TypingHelp "typing-help" ["F1"] Nothing, "help", "Help for where you are";
    }
}

impl Command {
    /// The row of a command.
    pub fn row(self) -> &'static Row {
        // The table is made from the same list as the enum, in the same order.
        &TABLE[self as usize]
    }
}

/// The command of a name.
pub fn by_name(name: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.name == name)
}

/// The commands that the command line offers: those of the reading pane and of everywhere.
pub fn on_command_line() -> impl Iterator<Item = &'static Row> {
    TABLE
        .iter()
        .filter(|row| matches!(row.context, Context::Reading | Context::Anywhere))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::command::key::Key;

    #[test]
    fn every_command_has_a_name_of_its_own_and_a_key_or_words() {
        let mut names = HashSet::new();
        for (index, row) in TABLE.iter().enumerate() {
            assert_eq!(row.command as usize, index);
            assert!(names.insert(row.name), "`{}` is there twice", row.name);
            assert!(
                !row.keys.is_empty() || matches!(row.takes, Words(_)),
                "`{}` cannot be run",
                row.name
            );
            assert!(!row.doc.ends_with('.'), "`{}`", row.name);
        }
    }

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for (context, _) in Context::ALL {
            let mut keys = HashSet::new();
            for row in TABLE.iter().filter(|row| row.context == *context) {
                for key in row.keys {
                    let sequence = Key::sequence(key).expect("a key");
                    assert!(
                        keys.insert((sequence, row.takes == Letter)),
                        "`{key}` in {context:?}"
                    );
                }
            }
        }
    }
}
