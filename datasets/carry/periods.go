package main

import (
	"fmt"
	"regexp"
	"strconv"
)

var (
	startAndLength = regexp.MustCompile(`^(\d{4})-(01|04|08|09)-01/P1Y$`)
	calendarYear   = regexp.MustCompile(`^\d{4}$`)
	reference      = regexp.MustCompile(`^(\d{4})-04-\d{2}$`)
	instant        = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	sixDigits      = regexp.MustCompile(`^(\d{4})(\d{2})$`)
	dashedYears    = regexp.MustCompile(`^(\d{4})-(\d{2})$`)
)

// periodOf turns one publisher's label for a period into the written form.
type periodOf func(label string) (string, error)

func unreadable(label, wanted string) error {
	return fmt.Errorf("period %q is not %s", label, wanted)
}

// isoCalendarYear reads 2023-01-01/P1Y as 2023.
func isoCalendarYear(label string) (string, error) {
	found := startAndLength.FindStringSubmatch(label)
	if found == nil || found[2] != "01" {
		return "", unreadable(label, "a calendar year")
	}
	return found[1], nil
}

// isoSplitYear reads 2024-04-01/P1Y (financial), 2024-08-01/P1Y and
// 2024-09-01/P1Y (academic) as 2024/25.
func isoSplitYear(label string) (string, error) {
	found := startAndLength.FindStringSubmatch(label)
	if found == nil || found[2] == "01" {
		return "", unreadable(label, "a financial or academic year")
	}
	return startingIn(found[1])
}

// plainCalendarYear reads 2023 as 2023.
func plainCalendarYear(label string) (string, error) {
	if !calendarYear.MatchString(label) {
		return "", unreadable(label, "a calendar year")
	}
	return label, nil
}

// referenceMonth reads the date in April to which pay relates, 2025-04-30, as
// 2025-04. The date moves each year, so dates are not comparable but Aprils are.
func referenceMonth(label string) (string, error) {
	found := reference.FindStringSubmatch(label)
	if found == nil {
		return "", unreadable(label, "a date in April")
	}
	return found[1] + "-04", nil
}

// isoInstant reads 2026-01-01 as it stands.
func isoInstant(label string) (string, error) {
	if !instant.MatchString(label) {
		return "", unreadable(label, "a date")
	}
	return label, nil
}

// sixDigitYears reads 201718 as 2017/18.
func sixDigitYears(label string) (string, error) {
	return twoYears(label, sixDigits)
}

// dashedSplitYear reads 2017-18 as 2017/18.
func dashedSplitYear(label string) (string, error) {
	return twoYears(label, dashedYears)
}

func twoYears(label string, pattern *regexp.Regexp) (string, error) {
	found := pattern.FindStringSubmatch(label)
	if found == nil {
		return "", unreadable(label, "two years in a row")
	}
	period, err := startingIn(found[1])
	if err == nil && period[5:] != found[2] {
		return "", unreadable(label, "two years in a row")
	}
	return period, err
}

// splitYearEnding reads 2025, the year in which the period ends, as 2024/25.
func splitYearEnding(label string) (string, error) {
	year, err := yearOf(label)
	if err != nil {
		return "", err
	}
	return startingIn(strconv.Itoa(year - 1))
}

// winterEnding reads 2025, the year in which the three months end, as Dec 2024
// to Feb 2025.
func winterEnding(label string) (string, error) {
	year, err := yearOf(label)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("Dec %d to Feb %d", year-1, year), nil
}

// marchOf reads 2025 as 2025-03.
func marchOf(label string) (string, error) {
	year, err := yearOf(label)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d-03", year), nil
}

func startingIn(label string) (string, error) {
	year, err := yearOf(label)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d/%02d", year, (year+1)%100), nil
}

func yearOf(label string) (int, error) {
	if !calendarYear.MatchString(label) {
		return 0, unreadable(label, "a year")
	}
	return strconv.Atoi(label)
}
