package results

import (
	"bytes"
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/gdbench/gdbench/internal/results/seal"
)

// What AppendLine writes is what json.Encoder makes of the tags, for records with every
// field filled, and for those with every field empty.
func TestAppendLineIsJSON(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	records := []*Record{{}, {Targets: []Target{}, Trace: &Trace{}, Theorems: []Theorem{{}}, Jitter: []Jittered{{}}}}
	for range 200 {
		r := new(Record)
		fill(reflect.ValueOf(r).Elem(), rng)
		records = append(records, r)
	}
	for _, r := range records {
		got, err := r.AppendLine([]byte("before "))
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		encoder := json.NewEncoder(&want)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(r); err != nil {
			t.Fatal(err)
		}
		plain := bytes.ReplaceAll(want.Bytes(), []byte(`"prox":null,`), nil) // a rare column without any is left out
		if want := "before " + string(seal.Line(plain)); string(got) != want {
			t.Fatalf("found\n%s\nwant\n%s", got, want)
		}
	}
}

func TestAppendLineAllocatesNothing(t *testing.T) {
	r := new(Record)
	fill(reflect.ValueOf(r).Elem(), rand.New(rand.NewPCG(3, 4)))
	r.Message, r.Labels.Method = "plain", "fixed-step lr=1/L κ" // escapes are the library's
	r.Written, r.Problem, r.Trace.Diagnostics, r.Theorems, r.Targets, r.Jitter = Written{}, Component{}, nil, nil, nil, nil
	r.Method = Component{"adam", []Parameter{{"betas", []any{0.9, 0.999}}, {"lr", 1e-3}, {"batch", int64(32)}, {"amsgrad", true}, {"sampling", "shuffle"}}}
	r.ID, r.Definition, r.Conditions, r.Status, r.Minimum.Source, r.Final.CriticalPoint, r.Labels.Problem = "a", "b", "c", Budget, "analytic", "minimum", "p"
	r.Families, r.LearningRate, r.Stability, r.Uses = &Families{"p", "m"}, &LearningRate{"lr", 1e-3}, &Stability{1, 2, "2/L"}, []string{"L", "mu"}
	r.Benchmark = &Benchmark{Suite: "bbob", Function: 1, Instance: 2}
	r.Inexact, r.Law.Name, r.Law.Quantity = "its sums", LinearLaw, "gap"
	r.Tuned = &Tuned{Method: "adam", Problem: "p", Study: 1, Trial: 2, After: 5, Budget: 100}
	line := make([]byte, 0, 1<<20)
	if n := testing.AllocsPerRun(100, func() { _, _ = r.AppendLine(line) }); n > 0 {
		t.Errorf("%v allocations; expected none", n)
	}
}

// texts hold everything that JSON escapes, and much that it does not.
var texts = []string{"", "plain", "1/L", "κ = 10³", `a "quoted" \ text`, "<b>&", "line\nend", "\u2028", "broken \xff\xc3", "\x7f", "日本"}

// fill sets every field below v to something, now and then to what is special.
func fill(v reflect.Value, rng *rand.Rand) {
	switch v.Interface().(type) {
	case Component:
		v.Set(reflect.ValueOf(Component{texts[rng.IntN(len(texts))], []Parameter{
			{"x", rng.NormFloat64()}, {texts[rng.IntN(len(texts))], []any{int64(rng.Uint32()), "word", true, nil, []any{}, math.NaN()}},
			{"inner", Component{Name: "inner"}}, {"big", uint64(math.MaxUint64)},
		}}))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), rng)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), rng)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1+rng.IntN(3), 8))
		for i := range v.Len() {
			fill(v.Index(i), rng)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 3 {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(key, rng)
			fill(value, rng)
			v.SetMapIndex(key, value)
		}
	case reflect.String:
		v.SetString(texts[rng.IntN(len(texts))])
	case reflect.Bool:
		v.SetBool(rng.IntN(2) == 0)
	case reflect.Int, reflect.Int64:
		v.SetInt(rng.Int64N(1e12) - 1e6)
	case reflect.Float64:
		v.SetFloat([]float64{0, math.Copysign(0, -1), math.Inf(1), math.NaN(), 1e300, 5e-324, rng.NormFloat64(), 12345}[rng.IntN(8)])
	default:
		panic("a field of kind " + v.Kind().String() + ": teach encode.go and this test about it")
	}
}
