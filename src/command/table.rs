//! The table of commands: every verb once, with the keys and the words of each context.

use super::{Binding, Context, Row, Takes};
use Takes::{Letter, Nothing, Words};

macro_rules! commands {
    ($($variant:ident $name:literal $takes:expr, $doc:literal {
        $($($context:ident)|+ [$($key:literal)*] $hint:literal $here:literal $(= $word:literal)?;)*
    })*) => {
        /// Everything that the reader can be asked to do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Command {
            $(#[doc = $doc] $variant,)*
        }

        /// All commands, in the order in which they are shown.
        pub const TABLE: &[Row] = &[$(Row {
            command: Command::$variant,
            name: $name,
            takes: $takes,
            doc: $doc,
            bindings: &[$(Binding {
                contexts: &[$(Context::$context),+],
                keys: &[$($key),*],
                hint: $hint,
                doc: $here,
                word: concat!("" $(, $word)?),
            },)*],
        },)*];
    };
}

commands! {
    Down "down" Nothing, "Go one line or row down" {
        Text ["j" "↓" "C-e"] "" "Scroll one line down; at the end, go to the next paragraph" = "line-down";
        Selecting ["j" "↓"] "" "Extend the selection to the next line";
        Help ["j" "↓"] "down" "";
        Sections | Panel | List | Comparison | Records | Collection ["j" "↓"] "" "";
        Filter | NoteBox ["↓" "C-n"] "" "";
        Picker | SectionFilter ["↓" "C-n" "Tab"] "" "";
    }
    Up "up" Nothing, "Go one line or row up" {
        Text ["k" "↑" "C-y"] "" "Scroll one line up; at the start, go to the previous paragraph" = "line-up";
        Selecting ["k" "↑"] "" "Extend the selection to the previous line";
        Help ["k" "↑"] "up" "";
        Sections | Panel | List | Comparison | Records | Collection ["k" "↑"] "" "";
        Filter | NoteBox ["↑" "C-p"] "" "";
        Picker | SectionFilter ["↑" "C-p" "S-Tab"] "" "";
    }
    PageDown "page-down" Nothing, "One page down, keeping two lines" {
        Text | Help ["Space" "f" "PgDn" "C-f"] "page" "";
        Panel | List | Comparison | Records | Collection ["Space" "f" "PgDn" "C-f"] "" "";
        Picker ["PgDn"] "" "";
    }
    PageUp "page-up" Nothing, "One page up, keeping two lines" {
        Text | Help | Panel | List | Comparison | Records | Collection ["b" "PgUp" "C-b"] "" "";
        Picker ["PgUp"] "" "";
    }
    HalfPageDown "half-page-down" Nothing, "Half a page down" {
        Text | Help | Panel | List | Comparison | Records | Collection ["d" "C-d"] "" "";
    }
    HalfPageUp "half-page-up" Nothing, "Half a page up" {
        Text | Help | Panel | List | Comparison | Records | Collection ["u" "C-u"] "" "";
    }
    First "first" Nothing, "Go to the start" {
        Text ["g g" "Home"] "" "Go to the start of the report; with a count, to that section";
        Sections | Panel | List | Comparison | Records | Collection | Help ["g g" "Home"] "" "";
        Picker ["C-Home" "M-<"] "" "";
    }
    Last "last" Nothing, "Go to the end" {
        Text ["G" "End"] "" "Go to the end of the report; with a count, to that section (`3G`)";
        Sections | Panel | List | Comparison | Records | Collection | Help ["G" "End"] "" "";
        Picker ["C-End" "M->"] "" "";
    }
    GoToPercent "go-to-percent" Nothing, "Go to that percent of the report (`50%`)" {
        Text ["%"] "" "";
    }
    NextSection "next-section" Nothing, "Go to the next section" {
        Text ["]" "J"] "section" "";
        Comparison ["]" "J"] "section" "Go to the next section that changed";
        Collection ["]" "J"] "next" "";
    }
    PreviousSection "previous-section" Nothing, "Go to the start of the section, then to the previous one" {
        Text | Comparison | Collection ["[" "K"] "" "";
    }
    ParentSection "parent-section" Nothing, "Go to the start of the section, then to the one that holds it" {
        Text ["g ^"] "" "" = "up";
    }
    NextUnread "next-unread" Nothing, "Go to the next section that is not read" {
        Text ["g u"] "" "";
    }
    NextParagraph "next-paragraph" Nothing, "Go to the next paragraph" {
        Text ["}"] "paragraph" "" = "next";
        Collection ["}"] "" "" = "next";
        Selecting ["}"] "" "Extend the selection to the end of the paragraph, then of the next one";
    }
    PreviousParagraph "previous-paragraph" Nothing, "Go to the previous paragraph" {
        Text | Collection ["{"] "" "" = "back";
        Selecting ["{"] "" "Extend the selection to the start of the paragraph, then of the previous one";
    }
    NextSentence "next-sentence" Nothing, "Go to the next sentence" {
        Text [")"] "" "";
        Selecting [")"] "sentence" "Extend the selection to the end of the sentence, then of the next one";
    }
    PreviousSentence "previous-sentence" Nothing, "Go to the previous sentence" {
        Text ["("] "" "";
        Selecting ["("] "" "Extend the selection to the start of the sentence, then of the previous one";
    }
    Left "left" Nothing, "Go one character left" {
        Selecting ["h" "←"] "" "";
        Typing ["←" "C-b"] "" "";
    }
    Right "right" Nothing, "Go one character right" {
        Selecting ["l" "→"] "" "";
        Typing ["→" "C-f"] "" "";
    }
    NextWord "next-word" Nothing, "Go to the next word" {
        Selecting ["w"] "word" "";
        Typing ["C-→" "M-f" "M-→"] "" "";
    }
    PreviousWord "previous-word" Nothing, "Go to the start of the word, then to the previous one" {
        Selecting ["b"] "" "";
        Typing ["C-←" "M-b" "M-←"] "" "";
    }
    WordEnd "word-end" Nothing, "Go to the end of the word, then of the next one" {
        Selecting ["e"] "" "";
    }
    LineStart "line-start" Nothing, "Go to the start of the line" {
        Selecting ["0" "Home"] "" "";
        Typing ["Home" "C-a"] "" "";
    }
    LineEnd "line-end" Nothing, "Go to the end of the line" {
        Selecting ["$" "End"] "" "";
        Typing ["End" "C-e"] "" "";
    }
    SwapEnds "swap-ends" Nothing, "Go to the other end of the selection" {
        Selecting ["o"] "other end" "";
    }
    Search "search" Nothing, "Search the whole report as you type" {
        Text ["/"] "search" "" = "find";
    }
    SearchBackward "search-backward" Nothing, "Search backward as you type" {
        Text ["g /"] "" "";
    }
    SearchWord "search-word" Nothing, "Search for the selection, else for the word at the cursor" {
        Text ["*"] "" "";
    }
    Next "next" Nothing, "Go to the next one" {
        Text ["n"] "" "Go to the next match" = "next-match";
        SearchBox ["Tab"] "" "Show the next match";
        Comparison ["n" "}"] "next" "Go to the next change, or to the next of your notes" = "next";
        Panel ["n" "Tab"] "next" "Show the next note on this passage" = "next-note";
    }
    Previous "previous" Nothing, "Go to the previous one" {
        Text ["N"] "" "Go to the previous match" = "previous-match";
        SearchBox ["S-Tab"] "" "Show the previous match";
        Comparison ["N" "{"] "" "Go to the previous change" = "back";
        Panel ["N" "S-Tab"] "" "Show the previous note on this passage" = "previous-note";
    }
    ListMatches "list-matches" Nothing, "List all matches with the words around them" {
        Text ["&"] "" "";
        SearchBox ["C-x" "M-Enter"] "" "";
    }
    Accept "accept" Nothing, "Go to what is selected" {
        Text ["Enter"] "" "Follow the selected link, else read the notes here in full" = "read";
        Place ["Enter"] "put it here" "Put the note on the selection, match or paragraph";
        Sections ["Enter"] "go there" "Go to the selected section; a number goes to that one";
        SectionFilter ["Enter"] "go there" "Go to the selected section";
        Panel ["Enter"] "close" "Close the note";
        List ["Enter"] "go there" "Go to the passage of the selected note";
        Filter ["Enter"] "done" "Keep the filter";
        Comparison ["Enter"] "go there" "Go to the change in the report";
        Picker ["Enter"] "go there" "";
        Records ["Enter"] "go there" "Go to the selected record";
        Collection ["Enter"] "go to the source" "Go to where this stands in the report";
        SearchBox ["Enter"] "go there" "Go to the match; empty repeats the last search";
        CommandLine ["Enter"] "run" "Run the command";
    }
    Filter "filter" Nothing, "Filter" {
        Sections ["/"] "filter" "Filter sections by words of their paths (`ghana prot`)";
        Records ["/"] "filter" "Filter records by words of their paths and facets";
        Help ["/"] "search" "Show the lines with these words alone";
        List ["/"] "filter" "Filter: words, #tag, is:note, is:review, section:2 (with all below it), color:green";
    }
    Read "read" Nothing, "Show the note, its original quote and the changes" {
        List ["v"] "view" "" = "read";
    }
    AddNote "add-note" Nothing, "Write a note on the selection, else the match under the cursor, else the paragraph" {
        Text | Selecting ["a"] "note" "" = "add";
        Sections ["a"] "note" "Write a note on the selected section: on its first paragraph" = "add";
    }
    Highlight "highlight" Nothing, "Highlight the selection, else the match under the cursor, else the paragraph; the next key may choose a colour" {
        Text | Selecting ["H"] "highlight" "";
    }
    Yellow "yellow" Nothing, "Make the highlight yellow" {
        Colouring ["y"] "" "";
    }
    Green "green" Nothing, "Make the highlight green" {
        Colouring ["g"] "" "";
    }
    Blue "blue" Nothing, "Make the highlight blue" {
        Colouring ["b"] "" "";
    }
    Red "red" Nothing, "Make the highlight red" {
        Colouring ["r"] "" "";
    }
    Purple "purple" Nothing, "Make the highlight purple" {
        Colouring ["p"] "" "";
    }
    Select "select" Nothing, "Select by characters" {
        Text ["v"] "select" "";
        Selecting ["v"] "restart" "Select by characters; press again to restart here";
    }
    SelectParagraphs "select-paragraphs" Nothing, "Select by paragraphs" {
        Text ["V"] "" "";
        Selecting ["V"] "" "Select by paragraphs; press again to restart here";
    }
    Edit "edit" Nothing, "Edit the note" {
        Text ["e"] "" "Edit the note here";
        Panel | List ["e" "a"] "edit" "";
    }
    EditOutside "edit-outside" Nothing, "Edit in `$VISUAL` or `$EDITOR`" {
        Text ["E"] "" "Edit the note here, or write one, in `$VISUAL` or `$EDITOR`";
        NoteBox ["C-x" "M-e"] "" "";
    }
    Delete "delete" Nothing, "Delete the note, highlight or bookmark" {
        Text ["x"] "" "";
        Colouring ["x"] "" "Remove the highlight";
        Panel | List ["x"] "delete" "";
    }
    ResumeDraft "resume-draft" Nothing, "Resume the last draft" {
        Text ["D"] "" "";
    }
    SaveNote "save-note" Nothing, "Save the note and close the box" {
        NoteBox ["C-s" "M-Enter"] "save" "";
    }
    Undo "undo" Nothing, "Undo" {
        Anywhere ["U"] "" "Undo the last change of the notebook";
        Typing ["C-_" "M-u"] "" "Undo the last typing or erasing";
    }
    Redo "redo" Nothing, "Redo" {
        Anywhere ["C-r"] "" "";
        Typing ["C-y" "M-U"] "" "";
    }
    Copy "copy" Nothing, "Copy" {
        Text ["y"] "" "Copy the selection, else the paragraph";
        Selecting ["y"] "copy" "Copy the selection";
        Comparison ["y"] "" "Copy the change, words as [-removed-] and {+added+}";
    }
    CopyCitation "copy-citation" Nothing, "Copy it in quotation marks with its citation" {
        Text ["Y"] "" "" = "cite";
        Selecting ["Y"] "cite" "" = "cite";
    }
    Pipe "pipe" Nothing, "Send the selection, else the paragraph, to a shell command" {
        Text ["|"] "" "";
    }
    ListAnnotations "list-annotations" Nothing, "List all notes, highlights and bookmarks" {
        Text ["A"] "all notes" "" = "list";
    }
    ListBookmarks "list-bookmarks" Nothing, "List the bookmarks" {
        Text ["B"] "" "";
    }
    Review "review" Nothing, "Review the note here; else list the notes to review in this edition" {
        Text ["S"] "" "";
        Panel ["S"] "" "List the notes to review in this edition";
    }
    AcceptPosition "accept-position" Nothing, "Accept this position and go to the next; confirm an orphan" {
        Panel | List ["y"] "accept" "";
    }
    ChoosePosition "choose-position" Nothing, "Choose its position from the candidates, or find it yourself" {
        Panel | List ["p"] "position" "";
    }
    MarkOrphaned "mark-orphaned" Nothing, "Mark as orphaned in this edition" {
        Panel | List ["o"] "orphan" "";
    }
    ClearReview "clear-review" Nothing, "Clear the decision" {
        Panel | List ["w"] "" "";
    }
    NextAnnotation "next-annotation" Nothing, "Go to the next note, highlight or bookmark" {
        Text [">"] "" "";
    }
    PreviousAnnotation "previous-annotation" Nothing, "Go to the previous note, highlight or bookmark" {
        Text ["<"] "" "";
    }
    ToggleBookmark "toggle-bookmark" Nothing, "Bookmark this paragraph, or remove its bookmark" {
        Text ["m m"] "bookmark" "";
    }
    SetBookmark "set-bookmark" Letter, "Set the bookmark of that letter here" {
        Text ["m"] "" "";
    }
    GoToBookmark "go-to-bookmark" Letter, "Go to the bookmark of that letter" {
        Text ["'" "`"] "" "";
    }
    GoBack "go-back" Nothing, "Go back to where the last jump began, and forth again" {
        Text ["' '" "` `"] "" "";
    }
    Back "back" Nothing, "Go back through the jump list, then to the previous report" {
        Text ["C-o" "M-←"] "" "" = "jump-back";
    }
    Forward "forward" Nothing, "Go forward through the jump list" {
        Text ["g ," "M-→"] "" "";
    }
    JumpList "jump-list" Nothing, "Show the jump list" {
        Text ["g p"] "" "";
    }
    NextLink "next-link" Nothing, "Select the next link; Enter follows it" {
        Text ["g l"] "" "";
    }
    PreviousLink "previous-link" Nothing, "Select the previous link" {
        Text ["g L"] "" "";
    }
    OpenLink "open-link" Nothing, "Open the link with the system's program" {
        Text ["g x"] "" "";
    }
    CopyLink "copy-link" Nothing, "Copy the link's address" {
        Text ["g y"] "" "";
    }
    GoToSection "go-to-section" Nothing, "Go to a section by words of its path (`ghana prot`), to an address, a page (`p76`) or another report" {
        Text ["o"] "go to" "";
    }
    SwitchPane "switch-pane" Nothing, "Go to the section pane and back" {
        Text ["Tab"] "sections" "" = "toc";
        Sections ["Tab"] "back to the text" "";
    }
    ToggleSections "toggle-sections" Nothing, "Show or hide the section pane" {
        Text | Sections ["t"] "" "";
    }
    Fold "fold" Nothing, "Fold the section, or go to the one that holds it" {
        Sections ["h" "←"] "fold" "";
    }
    Unfold "unfold" Nothing, "Unfold the section" {
        Sections ["l" "→"] "unfold" "";
    }
    FoldAll "fold-all" Nothing, "Fold all to a level: one deeper each time, then the first again (`2z`: to two levels)" {
        Sections ["z"] "levels" "";
    }
    ToggleFolds "toggle-folds" Nothing, "Show unchanged text in full, or fold it" {
        Comparison ["z" "Tab"] "unfold" "";
    }
    NextTab "next-tab" Nothing, "Go to the next tab" {
        List ["Tab" "l" "→"] "next tab" "";
    }
    PreviousTab "previous-tab" Nothing, "Go to the previous tab" {
        List ["S-Tab" "h" "←"] "" "";
    }
    Sort "sort" Nothing, "Sort by date or by position" {
        List ["s"] "sort" "";
        Records ["s"] "sort" "Sort by title, facet, words or notes, then in reading order again";
    }
    ToggleNumbers "toggle-numbers" Nothing, "Show or hide paragraph numbers" {
        Text ["#"] "" "";
    }
    Widen "widen" Nothing, "Widen the text by two columns" {
        Text ["+"] "" "";
        Sections [">"] "wider" "Widen the section pane by two columns";
    }
    Narrow "narrow" Nothing, "Narrow the text by two columns" {
        Text ["-"] "" "";
        Sections ["<"] "narrower" "Narrow the section pane by two columns";
    }
    DefaultWidth "default-width" Nothing, "Reset the text width" {
        Text ["="] "" "";
    }
    NextTheme "next-theme" Nothing, "Switch to the next theme" {
        Text ["c"] "" "";
    }
    ToggleTextOnly "toggle-text-only" Nothing, "Show only the text, or everything again" {
        Text ["z"] "" "";
    }
    Messages "messages" Nothing, "Show the last message in full; repeat for earlier ones" {
        Text ["g <"] "" "";
    }
    CommandLine "command-line" Nothing, "Run a command by its name" {
        Text [":"] "" "";
    }
    Comparison "comparison" Nothing, "Return to the last comparison, or choose a report to compare with" {
        Text ["g c"] "" "";
    }
    AllNotes "all-notes" Nothing, "List the notes of all reports" {
        Text ["g A"] "" "";
    }
    AllMatches "all-matches" Words("WORDS"), "List the matches in all editions of all reports: of those words, else of the last search" {
        Text ["g &"] "" "";
    }
    History "history" Nothing, "Show the selection, else the paragraph, in every edition: where it came in, how its words changed, where it went" {
        Text ["g h"] "" "";
    }
    NextRecord "next-record" Nothing, "Go to the same field of the next record: of the next section with the same subheads" {
        Text ["g ]"] "" "";
    }
    PreviousRecord "previous-record" Nothing, "Go to the same field of the previous record" {
        Text ["g ["] "" "";
    }
    CopyAddress "copy-address" Nothing, "Copy the address: the shortest unique end of the path" {
        Text ["g a"] "" "";
    }
    Records "records" Words("WORDS"), "List the records, those with these words: sections that share the titles of their subheads" {
        Text [] "" "";
    }
    Collect "collect" Words("FIELD"), "Show that field of all records, one below the other (`:collect prot`); without one, the last" {
        Text [] "" "";
    }
    Go "go" Words("ADDRESS"), "Go to an address (`:go ghana/protection`; `:2:5`, `:p76` are enough)" {
        Text [] "" "";
    }
    Compare "compare" Words("REPORT"), "Compare with another edition: an id or a file; without one, choose" {
        Text [] "" "";
    }
    Open "open" Words("REPORT"), "Open another report: an id or a file; without one, choose" {
        Text [] "" "";
    }
    Export "export" Words("FORMAT FILE"), "Write all notes to a file: markdown, html, json, csv or annotation (`:export html notes.html`)" {
        Text [] "" "";
    }
    Set "set" Words("NAME VALUE"), "Set a field of `config.ron` until the end (`:set theme sepia`)" {
        Text [] "" "";
    }
    Config "config" Nothing, "Open `config.ron` in `$VISUAL` or `$EDITOR`; what it says counts at once" {
        Text [] "" "";
    }
    Reload "reload" Nothing, "Read `config.ron` again" {
        Text [] "" "";
    }
    Theme "theme" Words("NAME"), "Switch to a theme" {
        Text [] "" "";
    }
    Width "width" Words("COLUMNS"), "Set the text width in columns" {
        Text [] "" "";
    }
    NewLine "new-line" Nothing, "Start a new line" {
        NoteBox ["Enter"] "" "";
    }
    Complete "complete" Nothing, "Complete the name; repeat for the next one that fits" {
        CommandLine ["Tab"] "complete" "";
    }
    Earlier "earlier" Nothing, "Recall an earlier line" {
        CommandLine | SearchBox ["↑" "C-p"] "" "";
    }
    Later "later" Nothing, "Recall a later line" {
        CommandLine | SearchBox ["↓" "C-n"] "" "";
    }
    ToggleRegex "toggle-regex" Nothing, "Toggle regular expressions" {
        SearchBox ["C-r" "M-r"] "" "";
    }
    ToggleCase "toggle-case" Nothing, "Toggle case sensitivity (default: smart case)" {
        SearchBox ["C-t" "M-c"] "" "";
    }
    ToggleWord "toggle-word" Nothing, "Toggle whole words" {
        SearchBox ["C-o" "M-w"] "" "";
    }
    EraseLeft "erase-left" Nothing, "Erase the character before the caret" {
        Typing ["Backspace" "C-h"] "" "";
    }
    EraseRight "erase-right" Nothing, "Erase the character at the caret" {
        Typing ["Del" "C-d"] "" "";
    }
    EraseWord "erase-word" Nothing, "Erase the word before the caret" {
        Typing ["C-w" "M-Backspace"] "" "";
    }
    EraseToStart "erase-to-start" Nothing, "Erase to the start of the line" {
        Typing ["C-u"] "" "";
    }
    EraseToEnd "erase-to-end" Nothing, "Erase to the end of the line" {
        Typing ["C-k"] "" "";
    }
    Help "help" Nothing, "Show the help for where you are" {
        Anywhere ["?" "F1"] "help" "" = "help";
        Typing ["F1"] "help" "";
    }
    Quit "quit" Nothing, "Close the top layer, else quit; everything is saved" {
        Anywhere ["q"] "quit" "" = "quit";
    }
    QuickExit "quick-exit" Nothing, "Leave at once: clear the screen, say nothing, keep what was typed" {
        Anywhere ["Q" "C-q"] "" "";
        Typing ["C-q"] "" "";
    }
    Cancel "cancel" Nothing, "Cancel" {
        Anywhere ["Esc"] "" "Close the top layer, or cancel the keys typed so far";
        Place ["Esc"] "give up" "Leave the note where it is";
        NoteBox ["Esc" "C-c"] "close, keep the draft" "Close the box and keep the draft";
        Filter ["Esc" "C-c"] "clear the filter" "Clear the filter";
        SectionFilter ["Esc" "C-c"] "all sections" "Show all sections";
        CommandLine ["Esc" "C-c"] "cancel" "Close the command line";
        SearchBox | Picker ["Esc" "C-c"] "return" "Cancel and restore the position";
    }
    Interrupt "interrupt" Nothing, "Cancel; press twice to quit" {
        Anywhere ["C-c"] "" "";
    }
    Redraw "redraw" Nothing, "Redraw the screen" {
        Anywhere | Typing ["C-l"] "" "";
    }
    Suspend "suspend" Nothing, "Suspend the program" {
        Anywhere | Typing ["C-z"] "" "";
    }
}
