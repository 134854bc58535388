package archive

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var (
	literal  = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$`)
	infinite = regexp.MustCompile(`(?i)^[+-]?(nan|inf|infinity|null|none|na)$`)
	variable = regexp.MustCompile(`^[xX][_\[(]?(\d*)[\])]?$`)
)

const wantFinite = "expected a finite number: a run ends where it leaves the finite numbers, so remove this line and those after it"

// finite reads a finite number.
func finite(field string) (float64, error) {
	if infinite.MatchString(field) {
		return 0, fmt.Errorf("found %s; %s", short(field), wantFinite)
	}
	if !literal.MatchString(field) {
		return 0, fmt.Errorf("found %q; expected a number such as -0.25 or 1e-3", short(field))
	}
	v, err := strconv.ParseFloat(field, 64)
	if err != nil {
		return 0, fmt.Errorf("%s is out of the range of 64-bit floating-point numbers", short(field))
	}
	return v, nil
}

// halfUnit is half a unit of the last digit that a number is written with.
func halfUnit(field string) float64 {
	mantissa, exponent := strings.ToLower(field), "0"
	if m, e, ok := strings.Cut(mantissa, "e"); ok {
		mantissa, exponent = m, e
	}
	power, err := strconv.Atoi(strings.TrimPrefix(exponent, "+"))
	if err != nil {
		return 0
	}
	if _, decimals, ok := strings.Cut(mantissa, "."); ok {
		power -= len(decimals)
	}
	unit, _ := strconv.ParseFloat("5e"+strconv.Itoa(power-1), 64)
	return unit
}
