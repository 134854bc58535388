package data

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

type passenger struct {
	Age   *float64 `parquet:"age,optional"`
	Class int32    `parquet:"class"`
	Sex   string   `parquet:"sex"`
	Fare  float32  `parquet:"fare"`
	Lived bool     `parquet:"label"`
}

func TestParquet(t *testing.T) {
	dir, age := t.TempDir(), 22.5
	rows := []passenger{{&age, 3, "male", 7.25, false}, {nil, 1, "female", 71, true}, {&age, 2, "female", 8, true}}
	if err := parquet.WriteFile(filepath.Join(dir, "a.parquet"), rows); err != nil {
		t.Fatal(err)
	}
	_, err := load(t, dir, "a.parquet")
	if err == nil {
		t.Fatal("texts and missing values were read")
	}
	m := pasted.FindStringSubmatch(err.Error())
	if m == nil || m[1] != "{name: csv, path: a.parquet, categories: [sex], missing: drop-rows}" {
		t.Fatalf("advice of %v", err)
	}
	s, err := load(t, dir, m[1])
	if err != nil {
		t.Fatal(err)
	}
	want := [][]float64{{22.5, 3, 0, 1, 7.25}, {22.5, 2, 1, 0, 8}}
	if got := dense(s.X); !slices.EqualFunc(got, want, slices.Equal) || !slices.Equal(s.Y, []float64{0, 1}) {
		t.Errorf("read %v, %v", got, s.Y)
	}
	if got := strings.Join(s.Features, " "); got != "age class sex=female sex=male fare" {
		t.Errorf("features %s", got)
	}
	type numbers struct {
		A, B float64
		Y    int64
	}
	if err := parquet.WriteFile(filepath.Join(dir, "n.parquet"), []numbers{{0.1, math.MaxFloat64, 1}, {5e-324, -2, 0}}); err != nil {
		t.Fatal(err)
	}
	s, err = load(t, dir, "{name: file, path: n.parquet}")
	if err != nil || !slices.EqualFunc(dense(s.X), [][]float64{{0.1, math.MaxFloat64}, {5e-324, -2}}, slices.Equal) || !slices.Equal(s.Y, []float64{1, 0}) {
		t.Errorf("read %v, %v", s, err)
	}
}
