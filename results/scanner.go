package results

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"
)

// scanner reads JSON in the shape that a plan expects.
type scanner struct {
	text    []byte
	at      int
	room    int     // length of the last list of numbers, which the next is likely to have too
	depth   int     // of components in components
	columns Columns // of traces that are wanted
}

// expected is the error at the present place.
func (s *scanner) expected(what string) error {
	return fmt.Errorf("found %.20q; expected %s", s.text[s.at:], what)
}

// next is the next byte that is no space, 0 at the end.
func (s *scanner) next() byte {
	for ; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

// take passes a byte if it is the next.
func (s *scanner) take(c byte) bool {
	if s.next() != c {
		return false
	}
	s.at++
	return true
}

// null passes a null if it is the next.
func (s *scanner) null() bool {
	if s.next() != 'n' || !bytes.HasPrefix(s.text[s.at:], []byte("null")) {
		return false
	}
	s.at += len("null")
	return true
}

// object passes an object or null; value is called at each of its values, to pass it.
func (s *scanner) object(value func(name []byte) error) error {
	if s.null() {
		return nil
	}
	if !s.take('{') {
		return s.expected("an object")
	}
	if s.take('}') {
		return nil
	}
	for {
		name, err := s.quoted()
		if err != nil {
			return err
		}
		if !s.take(':') {
			return s.expected("a colon")
		}
		if err := value(name); err != nil {
			return err
		}
		if s.take('}') {
			return nil
		}
		if !s.take(',') {
			return s.expected("a comma or the end of an object")
		}
	}
}

// quoted passes a text. It is a part of the line where nothing is escaped.
func (s *scanner) quoted() ([]byte, error) {
	if s.next() != '"' {
		return nil, s.expected("a text")
	}
	from, plain := s.at+1, true
	for at := from; at < len(s.text); at++ {
		switch c := s.text[at]; {
		case c == '"':
			text := s.text[from:at]
			if plain || utf8.Valid(text) && bytes.IndexByte(text, '\\') < 0 {
				s.at = at + 1
				return text, nil
			}
			var unescaped string
			if err := json.Unmarshal(s.text[from-1:at+1], &unescaped); err != nil {
				return nil, s.expected("a text")
			}
			s.at = at + 1
			return []byte(unescaped), nil
		case c == '\\':
			at++ // whatever it escapes
			plain = false
		case c < ' ':
			return nil, s.expected("a text without control characters")
		case c >= utf8.RuneSelf:
			plain = false
		}
	}
	return nil, s.expected("a text that ends")
}

// list passes a list or null, whose entries are passed by entry.
func list[T any](s *scanner, entry func() (T, error)) ([]T, error) {
	if s.null() {
		return nil, nil
	}
	if !s.take('[') {
		return nil, s.expected("a list")
	}
	out := make([]T, 0, s.room)
	if s.take(']') {
		return out, nil
	}
	for {
		v, err := entry()
		if err != nil {
			return nil, err
		}
		out = append(out, v)
		if s.take(']') {
			s.room = len(out)
			return out, nil
		}
		if !s.take(',') {
			return nil, s.expected("a comma or the end of a list")
		}
	}
}

func (s *scanner) numbers() (Series, error)   { return list(s, s.number) }
func (s *scanner) integers() ([]int64, error) { return list(s, s.integer) }

// number passes a number, or null, which is NaN.
func (s *scanner) number() (float64, error) {
	if s.null() {
		return math.NaN(), nil
	}
	end := s.at + numberLength(s.text[s.at:])
	v, err := strconv.ParseFloat(string(s.text[s.at:end]), 64)
	if err != nil {
		return 0, s.expected("a number or null")
	}
	s.at = end
	return v, nil
}

// integer passes a whole number.
func (s *scanner) integer() (int64, error) {
	s.next()
	end := s.at + numberLength(s.text[s.at:])
	v, err := strconv.ParseInt(string(s.text[s.at:end]), 10, 64)
	if err != nil {
		return 0, s.expected("a whole number")
	}
	s.at = end
	return v, nil
}

// numberLength is the length of the number of JSON that text begins with, 0 where it
// begins with none: a sign, an integer without leading zeros, a fraction, an exponent.
func numberLength(text []byte) int {
	at := 0
	if at < len(text) && text[at] == '-' {
		at++
	}
	whole := digits(text[at:])
	if whole == 0 || whole > 1 && text[at] == '0' {
		return 0
	}
	at += whole
	if at < len(text) && text[at] == '.' {
		fraction := digits(text[at+1:])
		if fraction == 0 {
			return 0
		}
		at += 1 + fraction
	}
	if at < len(text) && (text[at] == 'e' || text[at] == 'E') {
		at++
		if at < len(text) && (text[at] == '+' || text[at] == '-') {
			at++
		}
		exponent := digits(text[at:])
		if exponent == 0 {
			return 0
		}
		at += exponent
	}
	return at
}

// digits is the number of digits that text begins with.
func digits(text []byte) int {
	for i, c := range text {
		if c < '0' || c > '9' {
			return i
		}
	}
	return len(text)
}

// skip passes whatever value is the next.
func (s *scanner) skip() error {
	if s.next() == '"' { // as the check at the end of every line is
		_, err := s.quoted()
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(s.text[s.at:]))
	var value json.RawMessage
	if err := decoder.Decode(&value); err != nil {
		return err
	}
	s.at += int(decoder.InputOffset())
	return nil
}

// skipColumn passes a column unread: whatever is in it up to the bracket that closes
// it.
func (s *scanner) skipColumn() error {
	if s.next() != '[' {
		return s.skip()
	}
	for depth := 0; ; {
		length := bytes.IndexByte(s.text[s.at:], ']') + 1
		if length == 0 {
			return s.expected("the end of a list")
		}
		depth += bytes.Count(s.text[s.at:s.at+length], []byte("[")) - 1
		s.at += length
		if depth == 0 {
			return nil
		}
	}
}
