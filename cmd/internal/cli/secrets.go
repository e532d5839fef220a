package cli

import "slices"

// secretNames are the variables of the environment that a definition may name as the key of a publisher's API. The name
// stands in the project's files, so that the list keeps a project from sending any other variable anywhere.
var secretNames = []string{"STATXPLORE_KEY", "NOMIS_UID"}

// secret is the value of one of secretNames, or "".
func (a *app) secret(name string) string {
	if !slices.Contains(secretNames, name) {
		return ""
	}
	value, _ := a.LookupEnv(name)
	return value
}
