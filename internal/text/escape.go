package text

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Names of problems, methods and suites come from users, and so do messages of their code.
// Each function makes a text harmless in one medium; every writer of that medium uses it.

// Line makes characters visible that would move the cursor, change colours, reorder the line or
// end it: "\x1b[31m" becomes \x1b[31m. It is for lines of files that people read, such as comments.
func Line(s string) string { return visible(s, disturbs) }

// visible writes the characters of some kind as Go does.
func visible(s string, hidden func(rune) bool) string {
	if strings.IndexFunc(s, hidden) < 0 && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if hidden(r) {
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Terminal is Line for a terminal. A text may be a formula of many pages or a whole file on one line;
// only its ends are shown.
func Terminal(s string) string { return WithoutMiddle(Line(s), longest) }

// longest is the number of bytes of a text that someone may want to read on a terminal.
const longest = 4000

// Picture is a text in a picture, which has no more room than a terminal.
func Picture(s string) string { return Terminal(s) }

// disturbs reports control characters, those that change the direction of a text, and what Unicode
// keeps for programs, which XML refuses.
func disturbs(r rune) bool {
	if r < utf8.RuneSelf { // nearly all that is printed
		return r < ' ' || r == 0x7f
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == 0x2028 || r == 0x2029 || r&0xfffe == 0xfffe
}

// Markdown leaves a text without markup, link, mention, HTML, column or line break, in a
// paragraph as in a cell of a table.
func Markdown(s string) string { return markdown.Replace(Line(s)) }

var markdown = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "#", `\#`, "~", `\~`,
	"@", "@\u200b", "|", "&#124;", "&", "&amp;", "<", "&lt;", ">", "&gt;")

// XML leaves out of a text what XML cannot hold; an encoder escapes the rest.
func XML(s string) string { return Line(s) }

// HTML is the same for a page, which a template escapes.
func HTML(s string) string { return Line(s) }

// CSV keeps spreadsheets from taking a text for a formula: what begins like one gets an
// apostrophe in front. Characters that disturb a reader become visible, but for line breaks and tabs,
// which are whole in quotes: many readers refuse a file with "\x00". Quoting is the encoder's work.
//
// https://owasp.org/www-community/attacks/CSV_Injection
func CSV(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		s = "'" + s
	}
	return visible(s, func(r rune) bool { return disturbs(r) && !strings.ContainsRune("\n\r\t", r) })
}

// Shell is a text as one word of sh.
func Shell(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// ShellLine is Shell for a command that people copy from a file: where the text has line breaks or other
// characters that disturb, they are written as escapes, which Bash and POSIX of 2024 know.
func ShellLine(s string) string {
	if strings.IndexFunc(s, disturbs) < 0 {
		return Shell(s)
	}
	return "$'" + Line(inQuotes.Replace(s)) + "'"
}

var inQuotes = strings.NewReplacer(`\`, `\\`, "'", `\'`)

// AnnotationMessage and AnnotationProperty keep a text in its place of a workflow command of
// GitHub, with its line breaks.
//
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func AnnotationMessage(s string) string { return inMessage.Replace(s) }

// AnnotationProperty is AnnotationMessage for a property, where colon and comma end it.
func AnnotationProperty(s string) string { return inProperty.Replace(s) }

var (
	inMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", "\x1b", `\x1b`)
	inProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", "\x1b", `\x1b`, ":", "%3A", ",", "%2C")
)
