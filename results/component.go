package results

import (
	"fmt"
	"strconv"
)

// Component is a problem or method with its parameters in declared order. In JSON it is
// an object whose first key is "name".
type Component struct {
	Name       string
	Parameters []Parameter
}

// Parameter is a name with a value: nil, bool, string, float64, int64, a []any of these, or a
// Component.
type Parameter struct {
	Name  string
	Value any
}

// Get is the value of a parameter, nil if there is none of this name.
func (c *Component) Get(name string) any {
	for _, p := range c.Parameters {
		if p.Name == name {
			return p.Value
		}
	}
	return nil
}

// Number is a numeric parameter; ok is false where there is none of this name.
func (c *Component) Number(name string) (v float64, ok bool) {
	switch v := c.Get(name).(type) {
	case float64:
		return v, true
	case int64:
		return float64(v), true
	}
	return 0, false
}

// MarshalJSON keeps the declared order.
func (c Component) MarshalJSON() ([]byte, error) {
	var e encoder
	e.component(&c)
	return e.b, e.err
}

// UnmarshalJSON keeps the order of the text.
func (c *Component) UnmarshalJSON(text []byte) error {
	s := scanner{text: text}
	if err := s.component(c); err != nil {
		return err
	}
	return s.ended()
}

// deepest is how far components and lists may be nested in each other.
const deepest = 1000

// component passes an object with a name.
func (s *scanner) component(c *Component) error {
	if s.next() != '{' {
		return s.expected("an object with a name")
	}
	value, err := s.value()
	if err == nil {
		*c = value.(Component)
	}
	return err
}

// value passes the value of a parameter: numbers with a fraction or exponent become
// float64, others int64; objects become Components.
func (s *scanner) value() (any, error) {
	switch c := s.next(); {
	case c == '{' || c == '[':
		if s.depth++; s.depth > deepest {
			return nil, fmt.Errorf("values are nested more than %d deep", deepest)
		}
		defer func() { s.depth-- }()
		if c == '{' {
			return s.members()
		}
		return list(s, s.value)
	case c == '"':
		text, err := s.quoted()
		return string(text), err
	case c == 't' || c == 'f':
		return s.boolean()
	case s.null():
		return nil, nil
	}
	number := s.text[s.at : s.at+numberLength(s.text[s.at:])]
	if len(number) == 0 {
		return nil, s.expected("a value")
	}
	s.at += len(number)
	if whole, err := strconv.ParseInt(string(number), 10, 64); err == nil {
		return whole, nil
	}
	return strconv.ParseFloat(string(number), 64)
}

func (s *scanner) members() (any, error) {
	var c Component
	err := s.object(func(key []byte) error {
		v, err := s.value()
		if err != nil {
			return err
		}
		if string(key) != "name" {
			c.Parameters = append(c.Parameters, Parameter{string(key), v})
			return nil
		}
		name, ok := v.(string)
		if !ok {
			return fmt.Errorf("the name is %v; expected a text", v)
		}
		c.Name = name
		return nil
	})
	return c, err
}
