package results

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
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
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	value, err := readValue(decoder)
	if err != nil {
		return err
	}
	read, ok := value.(Component)
	if !ok {
		return errors.New("expected an object with a name")
	}
	*c = read
	return nil
}

// readValue reads one JSON value: numbers with a fraction or exponent become float64,
// others int64; objects become Components.
func readValue(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t := token.(type) {
	case json.Delim:
		if t == '[' {
			return readList(d)
		}
		return readObject(d)
	case json.Number:
		if i, err := t.Int64(); err == nil {
			return i, nil
		}
		return t.Float64()
	}
	return token, nil
}

func readList(d *json.Decoder) (any, error) {
	list := []any{}
	for d.More() {
		v, err := readValue(d)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	_, err := d.Token()
	return list, err
}

func readObject(d *json.Decoder) (any, error) {
	var c Component
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		v, err := readValue(d)
		if err != nil {
			return nil, err
		}
		if key == "name" {
			name, ok := v.(string)
			if !ok {
				return nil, fmt.Errorf("the name is %v; expected a text", v)
			}
			c.Name = name
			continue
		}
		c.Parameters = append(c.Parameters, Parameter{key.(string), v})
	}
	_, err := d.Token()
	return c, err
}
