package scorecard

// Classes is for tests of the classes of a map.
var Classes = classes
