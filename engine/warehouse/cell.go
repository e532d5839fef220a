package warehouse

import (
	"database/sql/driver"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// typed is the value of a cell, nil for an empty one, or what is wrong with it. The rules are stricter than SQL's
// casts, which read 1.5 as the integer 2, 1_000 as 1000 and nan as a number.
func typed(cell string, t Type) (value driver.Value, problem string) {
	if t == Text {
		switch {
		case cell == "":
			return nil, ""
		case !utf8.ValidString(cell):
			return nil, "not UTF-8 text"
		}
		return cell, ""
	}
	text := strings.TrimSpace(cell)
	if text == "" {
		return nil, ""
	}
	plain, ok := plainDigits(text)
	if !ok {
		return nil, "not " + article(t)
	}
	if t == Integer {
		number, err := strconv.ParseInt(plain, 10, 64)
		switch {
		case err == nil:
			return number, ""
		case strings.ContainsAny(plain, ".eE"):
			return nil, "not an integer"
		}
		return nil, "too large for an integer of 64 bits"
	}
	number, err := strconv.ParseFloat(plain, 64)
	if err != nil || math.IsInf(number, 0) {
		return nil, "too large for a number"
	}
	return number, ""
}

// plainDigits takes the thousands separators out of a number as people write it, and says whether the text is such a
// number: a sign, digits in one run or in threes behind the first comma, a point with digits, an exponent.
func plainDigits(text string) (plain string, ok bool) {
	rest := strings.TrimLeft(text, "+-")
	if len(text)-len(rest) > 1 {
		return "", false
	}
	sign := text[:len(text)-len(rest)]
	whole := leading(rest, "0123456789,")
	rest = rest[len(whole):]
	if !separated(whole) {
		return "", false
	}
	whole = strings.ReplaceAll(whole, ",", "")
	fraction := ""
	if strings.HasPrefix(rest, ".") {
		fraction = "." + leading(rest[1:], "0123456789")
		rest = rest[len(fraction):]
	}
	if whole == "" && len(fraction) < 2 {
		return "", false
	}
	if rest == "" {
		return sign + whole + fraction, true
	}
	return sign + whole + fraction + rest, exponent(rest)
}

func exponent(text string) bool {
	if text[0] != 'e' && text[0] != 'E' {
		return false
	}
	digits := text[1:]
	if digits != "" && (digits[0] == '+' || digits[0] == '-') {
		digits = digits[1:]
	}
	return digits != "" && leading(digits, "0123456789") == digits
}

// separated says whether the commas stand where thousands separators do.
func separated(whole string) bool {
	groups := strings.Split(whole, ",")
	if len(groups) == 1 {
		return true
	}
	for i, group := range groups {
		if len(group) > 3 || len(group) == 0 || i > 0 && len(group) != 3 {
			return false
		}
	}
	return true
}

// leading is the longest start of the text that is made of the characters.
func leading(text, characters string) string {
	return text[:len(text)-len(strings.TrimLeft(text, characters))]
}
