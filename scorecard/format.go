package scorecard

import (
	"math"
	"math/big"
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

// round prints a positive value with the decimals asked for, half away from zero.
func round(value float64, decimals int) string {
	exact, valid := new(big.Rat).SetString(strconv.FormatFloat(value, 'g', -1, 64))
	if !valid {
		return ""
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	exact.Mul(exact, new(big.Rat).SetInt(scale))
	exact.Add(exact, big.NewRat(1, 2))
	whole := new(big.Int).Quo(exact.Num(), exact.Denom()).String()
	if decimals == 0 {
		return whole
	}
	for len(whole) <= decimals {
		whole = "0" + whole
	}
	return whole[:len(whole)-decimals] + "." + whole[len(whole)-decimals:]
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
