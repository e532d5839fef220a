package warehouse

import (
	"math"
	"strconv"
	"strings"
)

// What is said of numbers that are beyond their type.
const (
	tooLarge = "too large for a number"
	tooLong  = "too large for an integer of 64 bits"
)

// integer reads a whole number, and says whether the cell is empty or what is wrong with it. The rules of [integer] and
// [number] are stricter than SQL's casts, which read 1.5 as the integer 2, 1_000 as 1000 and nan as a number.
func integer(cell string) (value int64, empty bool, problem string) {
	if value, is := digits(cell); is {
		return value, false, ""
	}
	plain, empty, problem := plainNumber(cell, Integer)
	if empty || problem != "" {
		return 0, empty, problem
	}
	value, err := strconv.ParseInt(plain, 10, 64)
	switch {
	case err == nil:
		return value, false, ""
	case strings.ContainsAny(plain, ".eE"):
		return 0, false, "not an integer"
	}
	return 0, false, tooLong
}

// digits reads a number of a few digits and nothing else, which nearly all whole numbers are.
func digits(cell string) (value int64, is bool) {
	const safe = 18 // digits that cannot overflow
	if len(cell) == 0 || len(cell) > safe {
		return 0, false
	}
	for i := range len(cell) {
		digit := cell[i] - '0'
		if digit > 9 {
			return 0, false
		}
		value = 10*value + int64(digit)
	}
	return value, true
}

// greatest is beyond every figure that anybody publishes, and so far below the 26 digits of the decimals in which numbers are
// added that a hundred million of them have a sum.
const greatest = 1e18

// number reads a finite number that can be added to others.
func number(cell string) (value float64, empty bool, problem string) {
	plain, empty, problem := plainNumber(cell, Number)
	if empty || problem != "" {
		return 0, empty, problem
	}
	value, err := strconv.ParseFloat(plain, 64)
	if err != nil || math.Abs(value) > greatest {
		return 0, false, tooLarge
	}
	return value, false, ""
}

// plainNumber is a cell as a number in plain digits.
func plainNumber(cell string, t Type) (plain string, empty bool, problem string) {
	text := strings.TrimSpace(cell)
	if text == "" {
		return "", true, ""
	}
	plain, ok := plainDigits(text)
	if !ok {
		return "", false, "not " + article(t)
	}
	return plain, false, ""
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
