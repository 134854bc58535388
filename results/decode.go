package results

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
)

// decode reads the whole text into a value by its plan.
func decode(text []byte, p *plan, into any, columns Columns) error {
	s := scanner{text: text, columns: columns}
	if err := s.follow(p, reflect.ValueOf(into).Elem()); err != nil {
		return err
	}
	return s.ended()
}

// ended is an error where something follows.
func (s *scanner) ended() error {
	if s.next() != 0 || s.at < len(s.text) {
		return s.expected("the end")
	}
	return nil
}

// follow passes a value by its plan. As in encoding/json null leaves what it cannot be.
func (s *scanner) follow(p *plan, v reflect.Value) (err error) {
	switch p.kind {
	case isComponent:
		return s.component(pointer[Component](v))
	case isNumber:
		var f float64
		f, err = s.number()
		v.SetFloat(f)
		return err
	case isSeries:
		*pointer[Series](v), err = s.numbers()
		return err
	case isInts:
		*pointer[[]int64](v), err = s.integers()
		return err
	case isObject:
		return s.fields(p, v)
	case isForeign:
		return s.foreign(v)
	}
	if s.null() {
		if p.kind == isPointer || p.kind == isList || p.kind == isMap {
			v.SetZero()
		}
		return nil
	}
	switch p.kind {
	case isBool:
		var b bool
		b, err = s.boolean()
		v.SetBool(b)
	case isInt:
		var i int64
		i, err = s.integer()
		v.SetInt(i)
	case isText:
		var text []byte
		text, err = s.quoted()
		v.SetString(string(text))
	case isPointer:
		v.Set(reflect.New(v.Type().Elem()))
		err = s.follow(p.elem, v.Elem())
	case isList:
		err = s.entries(p, v)
	case isMap:
		err = s.named(p, v)
	}
	return err
}

// fields passes an object. What later versions add to it is passed over.
func (s *scanner) fields(p *plan, v reflect.Value) error {
	return s.object(func(name []byte) error {
		place, known := p.places[string(name)]
		switch {
		case !known:
			return s.skip()
		case p.trace && !s.columns.want(string(name)):
			return s.skipColumn()
		}
		f := &p.fields[place]
		if err := s.follow(f.plan, f.of(v)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	})
}

func (s *scanner) entries(p *plan, v reflect.Value) error {
	if !s.take('[') {
		return s.expected("a list")
	}
	v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	if s.take(']') {
		return nil
	}
	for n := 0; ; n++ {
		if n == v.Cap() {
			v.Grow(max(4, n))
		}
		v.SetLen(n + 1)
		if err := s.follow(p.elem, v.Index(n)); err != nil {
			return err
		}
		if s.take(']') {
			return nil
		}
		if !s.take(',') {
			return s.expected("a comma or the end of a list")
		}
	}
}

func (s *scanner) named(p *plan, v reflect.Value) error {
	v.Set(reflect.MakeMap(v.Type()))
	return s.object(func(name []byte) error {
		value := reflect.New(v.Type().Elem()).Elem()
		if err := s.follow(p.elem, value); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		v.SetMapIndex(reflect.ValueOf(string(name)).Convert(v.Type().Key()), value)
		return nil
	})
}

// foreign leaves a value to encoding/json.
func (s *scanner) foreign(v reflect.Value) error {
	from := s.at
	if err := s.skip(); err != nil {
		return err
	}
	return json.Unmarshal(s.text[from:s.at], v.Addr().Interface())
}

func (s *scanner) boolean() (bool, error) {
	s.next()
	for _, b := range []struct {
		text  string
		value bool
	}{{"true", true}, {"false", false}} {
		if bytes.HasPrefix(s.text[s.at:], []byte(b.text)) {
			s.at += len(b.text)
			return b.value, nil
		}
	}
	return false, s.expected("true or false")
}
