//go:build linux

package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
)

// write puts the section as a table.
func (s *section) write(w io.Writer) {
	fmt.Fprintf(w, "\n**%s**\n\n", s.name)
	if s.rows[0].peer == "" {
		fmt.Fprintln(w, "| what | best | median | interval | target | reached |\n|---|---|---|---|---|---|")
	} else {
		fmt.Fprintln(w, "| what | time | peer | its time | ratio | median | interval | target | reached |\n|---|---|---|---|---|---|---|---|---|")
	}
	for _, r := range s.rows {
		own := s.taken[r.own]
		if r.peer == "" {
			best := slices.Min(own)
			if r.atLeast > 0 {
				best = slices.Max(own)
			}
			low, high := interval(own)
			fmt.Fprintf(w, "| %s | %s%s | %s%s | %s–%s%s | %s |\n", r.what, short(best), r.unit, short(median(own)), r.unit,
				short(low), short(high), r.unit, r.verdict(low, high))
			continue
		}
		peer := s.taken[r.peer]
		ratios := make([]float64, len(own))
		for i := range own {
			ratios[i] = r.ratio(own[i], peer[i])
		}
		low, high := interval(ratios)
		fmt.Fprintf(w, "| %s | %s | %s | %s | %s | %s | %s–%s | %s |\n", r.what, duration(slices.Min(own)), r.peerIs, duration(slices.Min(peer)),
			r.times(r.ratio(slices.Min(own), slices.Min(peer))), r.times(median(ratios)), short(low), r.times(high), r.verdict(low, high))
	}
}

// interval holds the median of what the values are drawn from with a probability of 95%, or as
// near to that as their number allows: 94% for five. It lies between two of the values in order of
// size, because the number of values below the median is binomial (Thompson 1936, Ann. Math. Statist.
// 7, 122–128, doi:10.1214/aoms/1177732502).
func interval(values []float64) (low, high float64) {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	cut, below, term := 0, 0.0, math.Pow(0.5, float64(n)) // below: probability of at most cut values below the median
	for {
		below += term
		if below > 0.025 {
			break
		}
		cut++
		term *= float64(n-cut+1) / float64(cut)
	}
	cut = max(cut-1, 0)
	return sorted[cut], sorted[n-1-cut]
}

// ratio is how many times our time is of the peer's or, where we promise to be faster, the
// other way round.
func (r row) ratio(own, peer float64) float64 {
	if r.faster() {
		return peer / own
	}
	return own / peer
}

func (r row) faster() bool { return r.atLeast > 0 }

func (r row) times(ratio float64) string {
	switch {
	case r.faster() && ratio < 1:
		return short(1/ratio) + "× slower"
	case r.faster():
		return short(ratio) + "× faster"
	}
	return short(ratio) + "×"
}

// verdict is the target, and whether it was reached, which an interval that holds the target
// leaves open.
func (r row) verdict(low, high float64) string {
	if r.atMost == 0 && r.atLeast == 0 {
		return "none |"
	}
	sign, bound := "≤", r.atMost
	if r.faster() {
		sign, bound = "≥", r.atLeast
	}
	unit := r.unit
	if r.peer != "" {
		unit = "×"
	}
	answer := "not told apart"
	switch {
	case r.faster() && low >= bound, !r.faster() && high <= bound:
		answer = "yes"
	case r.faster() && high < bound, !r.faster() && low > bound:
		answer = "**no**"
	}
	return fmt.Sprintf("%s %s%s | %s", sign, short(bound), unit, answer)
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[n/2] + sorted[(n-1)/2]) / 2
}

// short is a number with three digits.
func short(v float64) string {
	if v >= 100 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}

// duration is a time in nanoseconds, for people.
func duration(ns float64) string {
	for _, u := range []struct {
		size float64
		name string
	}{{1e9, "s"}, {1e6, "ms"}, {1e3, "µs"}} {
		if ns >= u.size {
			return short(ns/u.size) + " " + u.name
		}
	}
	return short(ns) + " ns"
}

// This program writes what is between these lines of the document.
const (
	tableBegins = "<!-- table: written by bench/peers/run -->\n"
	tableEnds   = "<!-- end of table -->\n"
)

func replaceTable(document, table string) error {
	text, err := os.ReadFile(document)
	if err != nil {
		return err
	}
	before, rest, begins := strings.Cut(string(text), tableBegins)
	_, after, ends := strings.Cut(rest, tableEnds)
	if !begins || !ends {
		return errors.New(document + " lacks the lines that enclose the table:\n" + tableBegins + tableEnds)
	}
	return os.WriteFile(document, []byte(before+tableBegins+table+"\n"+tableEnds+after), 0o644)
}
