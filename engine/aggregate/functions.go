package aggregate

import (
	"encoding/json"
	"math/big"
	"strconv"
	"strings"
)

// function takes arithmetic, like, nullif and the aggregates, which the parser all writes as functions.
func (a *acceptor) function(o object, depth int) *node {
	name := o.text("function_name")
	aggregate := aggregates[name]
	_, like := likes[name]
	if aggregate == "" && !like && !arithmetic[name] && name != "nullif" {
		a.refuse("function %s is not allowed", name)
		a.nodes(o.objects("children"), depth+1)
		return &node{kind: constantNode}
	}
	if aggregate != "" {
		return a.aggregate(o, aggregate, depth)
	}
	a.only(o, name, "function_name", "children", "is_operator")
	n := &node{name: name, children: a.nodes(o.objects("children"), depth+1)}
	if len(n.children) != 2 && (len(n.children) != 1 || name != "-" && name != "+") {
		a.refuse("%s takes two values, not %d", name, len(n.children))
		return &node{kind: constantNode}
	}
	switch {
	case like:
		n.kind, n.negated, n.result = likeNode, likes[name], booleanResult
		a.operands("like", textResult, n.children)
	case name == "nullif":
		n.kind, n.result = nullifNode, n.children[0].result
		a.alike(name, n.children)
	default:
		n.kind, n.result = arithmeticNode, integerResult
		a.operands(name, numberResult, n.children)
		for _, child := range n.children {
			if child.result == numberResult || name == "/" {
				n.result = numberResult
			}
		}
	}
	return n
}

// operands refuses operands of another family than wanted.
func (a *acceptor) operands(where string, wanted result, nodes []*node) {
	for _, n := range nodes {
		if n.result == unknownResult || n.result == wanted || wanted.numeric() && n.result.numeric() {
			continue
		}
		a.refuse("%s wants %s, not %s", where, wanted, n.result)
	}
}

func (a *acceptor) aggregate(o object, name string, depth int) *node {
	a.only(o, name, "function_name", "children", "filter", "is_operator")
	n := &node{kind: aggregateNode, name: name, children: a.nodes(o.objects("children"), depth+1)}
	if filter := o.object("filter"); filter != nil {
		n.filter = a.node(filter, depth+1)
		a.condition("filter", n.filter)
	}
	wanted := 1
	if o.text("function_name") == "count_star" {
		wanted = 0
	}
	if len(n.children) != wanted && (name != "count" || len(n.children) > 0) {
		a.refuse("%s takes one value, not %d", name, len(n.children))
		return &node{kind: constantNode}
	}
	for _, below := range append([]*node{n.filter}, n.children...) {
		below.walk(func(b *node) {
			if b.kind == aggregateNode {
				a.refuse("an aggregate inside an aggregate is not allowed")
			}
		})
	}
	n.result = integerResult
	if name != "count" {
		a.operands(name, numberResult, n.children)
		n.result = n.children[0].result
	}
	if name == "avg" {
		n.result = numberResult
	}
	return n
}

func (a *acceptor) constant(o object) *node {
	a.only(o, "a constant", "value")
	value := o.object("value")
	family := value.object("type")
	if isNull, _ := value["is_null"].(bool); isNull {
		return &node{kind: constantNode, literal: "NULL", zero: true}
	}
	n := &node{kind: constantNode}
	switch kind := family.text("id"); kind {
	case "INTEGER", "BIGINT":
		number, _ := value["value"].(json.Number)
		parsed, err := strconv.ParseInt(number.String(), 10, 64)
		if err != nil {
			a.refuse("the number %s is out of range", number)
		}
		n.result, n.literal, n.zero = integerResult, strconv.FormatInt(parsed, 10), parsed == 0
	case "DECIMAL":
		n.result = numberResult
		unscaled, ok := unscaledOf(value["value"])
		scale, err := strconv.Atoi(number(family.object("type_info"), "scale"))
		if !ok || err != nil || scale < 0 || scale > 38 {
			a.refuse("a decimal number cannot be read")
			return n
		}
		n.literal, n.zero = decimal(unscaled, scale), unscaled.Sign() == 0
	case "DOUBLE":
		parsed, err := strconv.ParseFloat(number(value, "value"), 64)
		if err != nil {
			a.refuse("the number %s is out of range", number(value, "value"))
		}
		n.result, n.literal, n.zero = numberResult, strconv.FormatFloat(parsed, 'E', -1, 64), parsed == 0
	case "VARCHAR":
		n.result, n.literal = textResult, text(value.text("value"))
		if strings.ContainsRune(n.literal, 0) {
			a.refuse("a text with a null character is not allowed")
		}
	case "BOOLEAN":
		truth, _ := value["value"].(bool)
		n.result, n.literal = booleanResult, strings.ToUpper(strconv.FormatBool(truth))
	case "HUGEINT", "UHUGEINT":
		a.refuse("a number in the expression is out of range")
	default:
		a.refuse("a constant of type %s is not allowed", strings.ToLower(kind))
	}
	return n
}

func number(o object, key string) string {
	value, _ := o[key].(json.Number)
	return value.String()
}

// unscaledOf reads the digits of a decimal: a number, or two halves of 64 bits where it is wide.
func unscaledOf(value any) (*big.Int, bool) {
	switch v := value.(type) {
	case json.Number:
		return new(big.Int).SetString(v.String(), 10)
	case map[string]any:
		upper, okUpper := new(big.Int).SetString(number(v, "upper"), 10)
		lower, okLower := new(big.Int).SetString(number(v, "lower"), 10)
		if !okUpper || !okLower {
			return nil, false
		}
		return upper.Add(upper.Lsh(upper, 64), lower), true
	}
	return nil, false
}

// decimal writes the digits with a point.
func decimal(unscaled *big.Int, scale int) string {
	digits := new(big.Int).Abs(unscaled).String()
	if len(digits) <= scale {
		digits = strings.Repeat("0", scale-len(digits)+1) + digits
	}
	if scale > 0 {
		digits = digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
	}
	if unscaled.Sign() < 0 {
		return "-" + digits
	}
	return digits
}

func (a *acceptor) cast(o object, depth int) *node {
	a.only(o, "cast", "child", "cast_type", "try_cast")
	kind := o.object("cast_type")
	name := kind.text("id")
	child := a.node(o.object("child"), depth+1)
	if name == "BOOLEAN" && child.kind == constantNode && (child.literal == "'t'" || child.literal == "'f'") {
		return &node{kind: constantNode, literal: map[string]string{"'t'": "TRUE", "'f'": "FALSE"}[child.literal], result: booleanResult}
	}
	family, listed := casts[name]
	if !listed {
		a.refuse("a cast to %s is not allowed", strings.ToLower(name))
		return &node{kind: constantNode}
	}
	if child.result == textResult || child.result == booleanResult {
		a.refuse("a cast of %s is not allowed: give the column its type in dataset.yaml", child.result)
	}
	if name == "VARCHAR" && child.result == numberResult {
		a.refuse("a cast of a number to text is not allowed: databases write it in different ways")
	}
	if info := kind.object("type_info"); name == "DECIMAL" && info != nil {
		name = "DECIMAL(" + number(info, "width") + ", " + number(info, "scale") + ")"
	}
	return &node{kind: castNode, name: name, children: []*node{child}, result: family}
}
