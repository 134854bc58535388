//go:build linux

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
)

// write puts the section as a table.
func (s *section) write(w io.Writer) {
	fmt.Fprintf(w, "\n**%s**\n\n", s.name)
	if s.rows[0].peer == "" {
		fmt.Fprintln(w, "| what | best | median | target | reached |\n|---|---|---|---|---|")
	} else {
		fmt.Fprintln(w, "| what | time | peer | its time | ratio | median | target | reached |\n|---|---|---|---|---|---|---|---|")
	}
	for _, r := range s.rows {
		own := s.taken[r.own]
		if r.peer == "" {
			best := slices.Min(own)
			if r.atLeast > 0 {
				best = slices.Max(own)
			}
			fmt.Fprintf(w, "| %s | %s%s | %s%s | %s |\n", r.what, short(best), r.unit, short(median(own)), r.unit, r.verdict(best))
			continue
		}
		peer := s.taken[r.peer]
		ratios := make([]float64, len(own))
		for i := range own {
			ratios[i] = r.ratio(own[i], peer[i])
		}
		ratio := r.ratio(slices.Min(own), slices.Min(peer))
		fmt.Fprintf(w, "| %s | %s | %s | %s | %s | %s | %s |\n", r.what, duration(slices.Min(own)), r.peerIs, duration(slices.Min(peer)),
			r.times(ratio), r.times(median(ratios)), r.verdict(ratio))
	}
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

// verdict is the target, and whether it was reached.
func (r row) verdict(value float64) string {
	sign, bound, reached := "≤", r.atMost, value <= r.atMost
	switch {
	case r.atMost == 0 && r.atLeast == 0:
		return "none |"
	case r.atLeast > 0:
		sign, bound, reached = "≥", r.atLeast, value >= r.atLeast
	}
	unit := r.unit
	if r.peer != "" {
		unit = "×"
	}
	answer := "yes"
	if !reached {
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
