package text

import (
	"errors"
	"strings"
)

// Words are the words of a command line: separated by blanks, unless these are inside quotes, of
// either kind. There are no escapes and no variables.
func Words(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	quote, open := rune(0), false
	end := func() {
		if open {
			words = append(words, word.String())
		}
		word.Reset()
		open = false
	}
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, open = r, true
		case r == ' ' || r == '\t' || r == '\n':
			end()
		default:
			word.WriteRune(r)
			open = true
		}
	}
	if quote != 0 {
		return nil, errors.New("a quote is not closed")
	}
	end()
	if len(words) == 0 {
		return nil, errors.New("the command is empty; expected a program and its arguments, such as python3 ./mine.py")
	}
	return words, nil
}

// Wrap breaks a sentence into lines of at most so many columns, those after the first indented. A
// longer word has a line of its own.
func Wrap(sentence string, width int) string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(sentence) {
		if line != "" && len([]rune(line))+1+len([]rune(word)) > width {
			lines, line = append(lines, line), " "
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return strings.Join(append(lines, line), "\n")
}
