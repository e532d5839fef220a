package scorecard

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Format prints a value in the unit: prefix, thousands separators, the unit's decimals, suffix. Rounding is half away
// from zero, as published tables round, and is done on the shortest decimal form of the value, so that 2.45 prints
// as 2.5 although the nearest double lies below it.
func (u Unit) Format(value float64) string { return u.signed(value, "") }

// FormatSigned is Format with a plus before positive values, for changes.
func (u Unit) FormatSigned(value float64) string { return u.signed(value, "+") }

// Plain is Format without prefix and suffix, for the limits of an interval.
func (u Unit) Plain(value float64) string { return Unit{Decimals: u.Decimals}.Format(value) }

func (u Unit) signed(value float64, plus string) string {
	digits := round(math.Abs(value), u.Decimals)
	zero := strings.Trim(digits, "0.") == ""
	sign := ""
	switch {
	case zero:
	case value < 0:
		sign = "−"
	default:
		sign = plus
	}
	suffix := u.Suffix
	if suffix == " points" && digits == "1" {
		suffix = " point"
	}
	return sign + u.Prefix + separated(digits) + suffix
}

// mostDecimals bounds what a unit asks for: a double has no more than 17 significant digits, and a saved model may say
// anything.
const mostDecimals = 20

// round prints a positive value with the decimals asked for, half away from zero.
func round(value float64, decimals int) string {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return ""
	}
	decimals = max(0, min(decimals, mostDecimals))
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(value, 'f', -1, 64), ".")
	if missing := decimals - len(fraction); missing > 0 {
		fraction += strings.Repeat("0", missing)
	}
	digits := []byte(whole + fraction[:decimals])
	if len(fraction) > decimals && fraction[decimals] >= '5' {
		digits = increased(digits)
	}
	if decimals == 0 {
		return string(digits)
	}
	point := len(digits) - decimals
	return string(digits[:point]) + "." + string(digits[point:])
}

// increased is the number that follows one that is written in decimal digits.
func increased(digits []byte) []byte {
	for i := len(digits) - 1; i >= 0; i-- {
		if digits[i] != '9' {
			digits[i]++
			return digits
		}
		digits[i] = '0'
	}
	return append([]byte{'1'}, digits...)
}

// separated puts commas between thousands.
func separated(digits string) string {
	whole, fraction, _ := strings.Cut(digits, ".")
	var b strings.Builder
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	if fraction != "" {
		b.WriteByte('.')
		b.WriteString(fraction)
	}
	return b.String()
}

// BritishDate prints an ISO date as 23 November 2026; text that is no date stays as it is.
func BritishDate(iso string) string {
	date, err := time.Parse("2006-01-02", iso)
	if err != nil {
		return iso
	}
	return date.Format("2 January 2006")
}

// ordinal prints 1st, 2nd, 3rd, 11th, 112th.
func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.Itoa(n) + suffix
}
