package source

import (
	"fmt"
	"math/big"
	"strconv"
	"time"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// parquetText is how the values of a column are written: numbers as their publisher would, without an exponent, dates as
// 2006-01-02, times with their hour, decimals with their point.
func parquetText(column *schema.Column) func(any) string {
	logical := column.LogicalType()
	if logical == nil || logical.IsNone() {
		logical = column.ConvertedType().ToLogicalType(column.SchemaNode().(*schema.PrimitiveNode).DecimalMetadata())
	}
	switch kind := logical.(type) {
	case schema.DateLogicalType:
		return func(value any) string {
			days, _ := value.(int32)
			return time.Unix(int64(days)*24*60*60, 0).UTC().Format(time.DateOnly)
		}
	case *schema.TimestampLogicalType:
		return func(value any) string { return parquetTime(value, kind.TimeUnit()) }
	case schema.TimestampLogicalType:
		return func(value any) string { return parquetTime(value, kind.TimeUnit()) }
	case *schema.DecimalLogicalType:
		return func(value any) string { return parquetDecimal(value, int(kind.Scale())) }
	case schema.DecimalLogicalType:
		return func(value any) string { return parquetDecimal(value, int(kind.Scale())) }
	case *schema.IntLogicalType:
		if !kind.IsSigned() {
			return parquetUnsigned
		}
	case schema.IntLogicalType:
		if !kind.IsSigned() {
			return parquetUnsigned
		}
	}
	return parquetPlain
}

// parquetPlain writes a value by its physical type.
func parquetPlain(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int32:
		return strconv.FormatInt(int64(v), 10)
	case int64:
		return strconv.FormatInt(v, 10)
	case float32:
		return strconv.FormatFloat(float64(v), 'f', -1, 32)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case parquet.Int96:
		return v.ToTime().UTC().Format(time.RFC3339Nano)
	}
	return fmt.Sprint(value)
}

func parquetUnsigned(value any) string {
	switch v := value.(type) {
	case int32:
		return strconv.FormatUint(uint64(uint32(v)), 10)
	case int64:
		return strconv.FormatUint(uint64(v), 10)
	}
	return parquetPlain(value)
}

func parquetTime(value any, unit schema.TimeUnitType) string {
	since, _ := value.(int64)
	var at time.Time
	switch unit {
	case schema.TimeUnitMillis:
		at = time.UnixMilli(since)
	case schema.TimeUnitMicros:
		at = time.UnixMicro(since)
	default:
		at = time.Unix(0, since)
	}
	return at.UTC().Format(time.RFC3339Nano)
}

// parquetDecimal writes an unscaled number, whole or as bytes in two's complement, with its point.
func parquetDecimal(value any, scale int) string {
	unscaled := new(big.Int)
	switch v := value.(type) {
	case int32:
		unscaled.SetInt64(int64(v))
	case int64:
		unscaled.SetInt64(v)
	case string:
		unscaled.SetBytes([]byte(v))
		if len(v) > 0 && v[0]&0x80 != 0 {
			unscaled.Sub(unscaled, new(big.Int).Lsh(big.NewInt(1), uint(len(v))*8))
		}
	}
	// No format allows a scale beyond 76; a damaged file could ask for a text of any length.
	if scale <= 0 || scale > 76 {
		return unscaled.String()
	}
	digits := new(big.Int).Abs(unscaled).String()
	for len(digits) <= scale {
		digits = "0" + digits
	}
	text := digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
	if unscaled.Sign() < 0 {
		return "-" + text
	}
	return text
}
