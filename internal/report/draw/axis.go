package draw

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"

	"github.com/gdbench/gdbench/internal/report/figure"
)

// span is the range of an axis: never empty, and positive on a logarithmic one, which
// gonum/plot answers with a panic otherwise.
type span struct{ low, high float64 }

// extent is the span of all values that are drawn on an axis, after clamping.
func extent(a *figure.Axis, columns [][]float64) span {
	s := span{math.Inf(1), math.Inf(-1)}
	for _, column := range columns {
		for _, v := range column {
			if math.IsNaN(v) || math.IsInf(v, -1) {
				continue
			}
			at, _ := a.Clamp(v)
			if math.IsInf(at, 0) || (a.Scale == figure.Log && at <= 0) {
				continue
			}
			s.low, s.high = math.Min(s.low, at), math.Max(s.high, at)
		}
	}
	return s.widened(a)
}

func (s span) widened(a *figure.Axis) span {
	if n := len(a.Categories); n > 0 {
		return span{-0.5, float64(n) - 0.5}
	}
	empty := s.low > s.high
	if a.Scale == figure.Log {
		if empty {
			return span{0.1, 10}
		}
		pad := math.Exp(0.04 * (math.Log(s.high) - math.Log(s.low)))
		if s.high/s.low < 1.5 {
			pad = 3
		}
		return span{math.Max(s.low/pad, math.SmallestNonzeroFloat64), math.Min(s.high*pad, math.MaxFloat64)}
	}
	switch width := s.high - s.low; {
	case empty:
		return span{0, 1}
	case width <= 1e-12*math.Max(math.Abs(s.low), math.Abs(s.high)):
		half := math.Max(0.5*math.Abs(s.low), 0.5)
		return span{s.low - half, s.high + half}
	case math.IsInf(width, 1):
		return span{-math.MaxFloat64 / 4, math.MaxFloat64 / 4}
	default:
		return span{s.low - 0.03*width, s.high + 0.03*width}
	}
}

// settle gives an axis of gonum/plot its range, scale and ticks.
func settle(to *plot.Axis, a *figure.Axis, s span) {
	to.Min, to.Max = s.low, s.high
	switch {
	case len(a.Categories) > 0:
		ticks := make([]plot.Tick, len(a.Categories))
		for i, name := range a.Categories {
			ticks[i] = plot.Tick{Value: float64(i), Label: name}
		}
		to.Tick.Marker = plot.ConstantTicks(ticks)
		to.Tick.Length = 0
	case a.Scale == figure.Log:
		to.Scale = plot.LogScale{}
		to.Tick.Marker = plot.ConstantTicks(logTicks(a, s, mostTicks))
	default:
		to.Tick.Marker = plot.ConstantTicks(linearTicks(s, mostTicks))
	}
}

// mostTicks is the number of ticks with a label where there is room.
const mostTicks = 8

// linearTicks lie at multiples of 1, 2 or 5 times a power of ten, at most so many of them.
func linearTicks(s span, most int) []plot.Tick {
	step := niceStep((s.high - s.low) / float64(most-1))
	var ticks []plot.Tick
	for k := math.Ceil(s.low / step); k*step <= s.high; k++ {
		value := k * step
		ticks = append(ticks, plot.Tick{Value: value, Label: short(value, step)})
	}
	return ticks
}

func niceStep(least float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, factor := range []float64{1, 2, 5} {
		if factor*power >= least {
			return factor * power
		}
	}
	return 10 * power
}

// short writes a tick with no more digits than its step needs.
func short(value, step float64) string {
	size := math.Max(math.Abs(value), step)
	if size >= 1e5 || step < 1e-4 {
		if value == 0 {
			return "0"
		}
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(value, 'e', 2, 64), "e")
		mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
		power, _ := strconv.Atoi(exponent)
		return mantissa + "·10" + superscript(power)
	}
	digits := int(math.Max(0, -math.Floor(math.Log10(step)+1e-9)))
	return strings.Replace(strconv.FormatFloat(value+0, 'f', digits, 64), "-", "−", 1)
}

// logTicks are powers of ten, thinned to at most so many, with 2 and 5 between them where
// there are fewer than three. Zero, which lies on the floor, is called zero.
func logTicks(a *figure.Axis, s span, most int) []plot.Tick {
	low, high := int(math.Ceil(math.Log10(s.low)-1e-9)), int(math.Floor(math.Log10(s.high)+1e-9))
	every := max(1, (high-low+most-1)/most)
	plain := s.low > 9e-4 && s.high < 2e4
	var ticks []plot.Tick
	for e := low; e <= high; e++ {
		tick := plot.Tick{Value: math.Pow(10, float64(e))}
		if tick.Value < s.low || tick.Value > s.high || (a.ZeroAtFloor && tick.Value < 3*a.Floor && a.Floor != 0.5) {
			continue
		}
		if mod(e, every) == 0 {
			tick.Label = power(e, plain)
		}
		if every == 1 || tick.Label != "" {
			ticks = append(ticks, tick)
		}
	}
	if high-low < 2 {
		ticks = append(ticks, between(low-1, high, s)...)
	}
	if zero, ok := zeroTick(a, s); ok {
		ticks = append(ticks, zero)
	}
	return ticks
}

func between(low, high int, s span) []plot.Tick {
	var ticks []plot.Tick
	for e := low; e <= high; e++ {
		for _, factor := range []float64{2, 5} {
			if v := factor * math.Pow(10, float64(e)); v > s.low && v < s.high {
				label := strconv.FormatFloat(factor, 'f', 0, 64) + "·10" + superscript(e)
				if e >= -3 && e <= 3 {
					label = strconv.FormatFloat(v, 'f', max(0, -e), 64)
				}
				ticks = append(ticks, plot.Tick{Value: v, Label: label})
			}
		}
	}
	return ticks
}

// zeroTick names the floor of an axis of counts: 0.5 iterations mean none.
func zeroTick(a *figure.Axis, s span) (plot.Tick, bool) {
	return plot.Tick{Value: a.Floor, Label: "0"}, a.ZeroAtFloor && a.Floor >= s.low
}

func power(e int, plain bool) string {
	if plain {
		return strconv.FormatFloat(math.Pow(10, float64(e)), 'f', max(0, -e), 64)
	}
	return "10" + superscript(e)
}

func superscript(e int) string {
	return "^{" + strings.Replace(strconv.Itoa(e), "-", "−", 1) + "}"
}

func mod(a, b int) int { return ((a % b) + b) % b }
