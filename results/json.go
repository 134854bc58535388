package results

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// encoder appends JSON, and parts entries by commas itself.
type encoder struct {
	b   []byte
	err error
}

func (e *encoder) component(c *Component) {
	e.begin('{')
	e.key("name")
	e.string(c.Name)
	for _, p := range c.Parameters {
		e.key(p.Name)
		e.value(p.Value)
	}
	e.end('}')
}

// value writes the value of a parameter.
func (e *encoder) value(value any) {
	switch v := value.(type) {
	case float64:
		e.b = appendNumber(e.b, v)
	case int64:
		e.b = strconv.AppendInt(e.b, v, 10)
	case bool:
		e.b = strconv.AppendBool(e.b, v)
	case string:
		e.string(v)
	case Component:
		e.component(&v)
	case []any:
		e.begin('[')
		for _, entry := range v {
			e.comma()
			e.value(entry)
		}
		e.end(']')
	default:
		e.other(value)
	}
}

// other writes what is rare enough for the standard library.
func (e *encoder) other(value any) {
	var text bytes.Buffer
	plain := json.NewEncoder(&text)
	plain.SetEscapeHTML(false)
	if err := plain.Encode(value); err != nil && e.err == nil {
		e.err = err
	}
	e.b = append(e.b, bytes.TrimSpace(text.Bytes())...)
}

func (e *encoder) begin(c byte) { e.b = append(e.b, c) }
func (e *encoder) end(c byte)   { e.b = append(e.b, c) }

// comma parts an entry from the one before, if there is one.
func (e *encoder) comma() {
	if last := e.b[len(e.b)-1]; last != '{' && last != '[' {
		e.b = append(e.b, ',')
	}
}

func (e *encoder) key(name string) {
	e.comma()
	e.string(name)
	e.b = append(e.b, ':')
}

// absent writes null for what is not there.
func (e *encoder) absent(absent bool) bool {
	if absent {
		e.b = append(e.b, "null"...)
	}
	return absent
}

// string writes a text. What JSON has to escape is left to the standard library.
func (e *encoder) string(text string) {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf && !plain(text[i:]) {
			e.other(text)
			return
		}
	}
	e.b = append(append(append(e.b, '"'), text...), '"')
}

// plain reports whether text begins with a character, or in the middle of one, that JSON
// writes as it is.
func plain(text string) bool {
	if !utf8.RuneStart(text[0]) {
		return true // its first byte was looked at
	}
	r, size := utf8.DecodeRuneInString(text)
	return !(r == utf8.RuneError && size == 1) && r != '\u2028' && r != '\u2029'
}
