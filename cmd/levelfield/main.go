// Command levelfield computes the indicators of a strategy from published figures and prints them as scorecards.
//
// Run it without arguments for the list of its commands; "levelfield build" is the main one.
package main

import (
	"os"

	"levelfield/cmd/internal/cli"
)

func main() { os.Exit(cli.Main(cli.System())) }
