package results

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// What decode reads is what encoding/json reads, from records with every field filled.
func TestDecodeIsJSON(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		r := new(Record)
		fill(reflect.ValueOf(r).Elem(), rng)
		line, err := r.AppendLine(nil)
		if err != nil {
			t.Fatal(err)
		}
		var got, want Record
		if err := decode(line, recordPlan, &got, nil); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if err := json.Unmarshal(line, &want); err != nil {
			t.Fatal(err)
		}
		again, wanted := marshaled(t, &got), marshaled(t, &want)
		if !bytes.Equal(again, wanted) {
			t.Fatalf("found\n%s\nwant\n%s", again, wanted)
		}
	}
}

func marshaled(t *testing.T, r *Record) []byte {
	t.Helper()
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Spaces, escapes, nulls and unknown keys are read as JSON has them.
func TestDecodeUnusualJSON(t *testing.T) {
	text := ` { "id" : "a\u0062\"\ud83d\ude00", "later":{"x":["}",{}]}, "status":"budget","uses":null,"families":null,
		"problem":{"p":[1,2.5,"t",true,false,null,{"q":1e3}],"name":"n\\"},"iterations":null,"minimum":{"value":null},"targets":[]} `
	var r Record
	if err := decode([]byte(text), recordPlan, &r, nil); err != nil {
		t.Fatal(err)
	}
	want := Component{`n\`, []Parameter{{"p", []any{int64(1), 2.5, "t", true, false, nil, Component{"", []Parameter{{"q", 1e3}}}}}}}
	if !reflect.DeepEqual(r.Problem, want) || r.ID != "ab\"😀" || r.Minimum == nil || r.Targets == nil || r.Families != nil {
		t.Errorf("read %+v", r)
	}
}

func TestDecodeRefuses(t *testing.T) {
	for name, c := range map[string][2]string{
		"no object":              {`7`, "an object"},
		"something after it":     {`{"id":"a"} x`, "the end"},
		"two objects":            {`{"id":"a"}{}`, "the end"},
		"a number as text":       {`{"id":7}`, "id: found"},
		"a text as number":       {`{"iterations":"7"}`, "iterations: found"},
		"half an iteration":      {`{"iterations":1.5}`, "a whole number"},
		"an iteration too large": {`{"iterations":99999999999999999999}`, "a whole number"},
		"neither true nor false": {`{"deterministic":1}`, "true or false"},
		"a control character":    {"{\"id\":\"a\nb\"}", "control characters"},
		"an endless text":        {`{"id":"a`, "a text that ends"},
		"a wrong escape":         {`{"id":"\x"}`, "a text"},
		"an unnamed problem":     {`{"problem":{"name":7}}`, "expected a text"},
		"no problem":             {`{"problem":"bowl"}`, "an object with a name"},
		"a list cut short":       {`{"uses":["L"`, "a comma or the end of a list"},
		"deep nesting":           {`{"problem":{"name":"a","p":` + strings.Repeat("[", 2000) + strings.Repeat("]", 2000) + `}}`, "nested more than"},
	} {
		var r Record
		if err := decode([]byte(c[0]), recordPlan, &r, nil); err == nil || !strings.Contains(err.Error(), c[1]) {
			t.Errorf("%s: %v; expected an error with %q", name, err, c[1])
		}
	}
}
