package lesson

import (
	"compress/gzip"
	"encoding/csv"
	"io"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/play"
	"github.com/gdbench/gdbench/suites"
)

// What each lesson says is seen is seen in its own runs.
func TestLessonsKeepTheirPromise(t *testing.T) {
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 12 {
		t.Fatalf("%d lessons", len(all))
	}
	for i, l := range all {
		if l.Number != i+1 || l.Proved == "" || l.Beyond == "" {
			t.Errorf("lesson %d: number %d, or a part is missing", i+1, l.Number)
		}
		if l.Suite != "" {
			if _, err := suites.Open(l.Suite); err != nil {
				t.Errorf("lesson %d: %v", l.Number, err)
			}
		}
		for _, scene := range l.Scenes() {
			record, err := play.Run(t.Context(), scene.Play)
			if err != nil {
				t.Errorf("lesson %d, %s: %v", l.Number, scene.Title, err)
				continue
			}
			for _, f := range scene.Failures(record) {
				t.Errorf("lesson %d, %s: %s", l.Number, scene.Title, f)
			}
		}
	}
}

// What lesson 11 says of the irises is so, counted in the file itself.
func TestIrisesAreNearDuplicates(t *testing.T) {
	f, err := os.Open("../../problems/data/embedded/iris.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows = rows[1:]
	alike := func(a, b []string, most float64) bool { // the last column is the species
		for k := range 4 {
			x, _ := strconv.ParseFloat(a[k], 64)
			y, _ := strconv.ParseFloat(b[k], 64)
			if math.Abs(x-y) > most+1e-9 {
				return false
			}
		}
		return a[4] == b[4]
	}
	near, copies := 0, 0
	for i, a := range rows {
		other := func(most float64) bool {
			for j, b := range rows {
				if i != j && alike(a, b, most) {
					return true
				}
			}
			return false
		}
		if other(0.2) { // centimetres
			near++
		}
		if other(0) {
			copies++
		}
	}
	if len(rows) != 150 || near != 121 || copies != 2 {
		t.Errorf("%d flowers, %d with another within 2 mm, %d copies", len(rows), near, copies)
	}
}

// The lessons that suites name exist, and every claim of the suite claims names one.
func TestLessonsOfClaims(t *testing.T) {
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for _, l := range all {
		if l.Key == "" || keys[l.Key] {
			t.Errorf("lesson %d has the key %q, which is empty or that of another", l.Number, l.Key)
		}
		keys[l.Key] = true
	}
	for _, name := range suites.Names() {
		f, err := suites.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(`\blesson: ([a-z-]+)`).FindAllStringSubmatch(string(content), -1)
		for _, m := range found {
			if !keys[m[1]] {
				t.Errorf("suite %s: there is no lesson %q", name, m[1])
			}
		}
		if claims := strings.Count(string(content), "  - {says: "); name == "claims" && (claims < 20 || len(found) != claims) {
			t.Errorf("%d of %d claims name their lesson", len(found), claims)
		}
	}
}

func TestRoundsTo(t *testing.T) {
	for _, c := range []struct {
		exact, written float64
		want           bool
	}{{0.5394, 0.539, true}, {0.5396, 0.539, false}, {-0.75403, -0.754, true}, {72, 72, true}, {72.6, 72, false}, {2.46e-18, 2.5e-18, true}, {math.NaN(), 1, false}, {64, 60, false}, {60.4, 60, true}} {
		if got := RoundsTo(c.exact, c.written); got != c.want {
			t.Errorf("%v rounds to %v: %v", c.exact, c.written, got)
		}
	}
}

// An empty file is no lesson, and the message says so.
func TestEmptyLesson(t *testing.T) {
	for _, text := range []string{"", "\n", "# a comment\n"} {
		if _, err := Read("l.yaml", []byte(text)); err == nil || err.Error() != "l.yaml: is empty; expected a lesson" {
			t.Errorf("%q: %v", text, err)
		}
	}
}
