package text

import (
	"strconv"
	"strings"
	"unicode"
)

// Names of problems, methods and suites come from users, and so do messages of their code.
// Each function makes a text harmless in one medium; every writer of that medium uses it.

// Terminal makes characters visible that would move the cursor, change colours, reorder the
// line or end it: "\x1b[31m" is printed as \x1b[31m. A text may be a formula of many pages or a whole
// file on one line; of such a one both ends are shown.
func Terminal(s string) string { return WithoutMiddle(visible(s), longest) }

// longest is the number of bytes of a text that someone may want to read on a terminal.
const longest = 4000

func visible(s string) string {
	if strings.IndexFunc(s, disturbs) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if disturbs(r) {
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// disturbs reports control characters and those that change the direction of a text.
func disturbs(r rune) bool {
	return unicode.IsControl(r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x2028 || r == 0x2029
}

// Markdown leaves a text without markup, link, mention, HTML, column or line break, in a
// paragraph as in a cell of a table.
func Markdown(s string) string { return markdown.Replace(Terminal(s)) }

var markdown = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "#", `\#`, "~", `\~`,
	"@", "@\u200b", "|", "&#124;", "&", "&amp;", "<", "&lt;", ">", "&gt;")

// XML leaves out of a text what XML cannot hold; an encoder escapes the rest.
func XML(s string) string { return Terminal(s) }

// CSV keeps spreadsheets from taking a text for a formula: what begins like one gets an
// apostrophe in front. Quoting is the encoder's work.
//
// https://owasp.org/www-community/attacks/CSV_Injection
func CSV(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// Shell is a text as one word of sh.
func Shell(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

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
