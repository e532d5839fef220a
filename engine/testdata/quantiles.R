# The oracle of pipeline/quantiles.txtar, in base R alone: quantiles of definition 7, and limits at the ranks that qbinom gives.
#
#   Rscript quantiles.R P COLUMN FILE.csv
#
# FILE.csv has the columns area, period and sex and a column of values. Printed are the rows of results.csv for everyone and for each
# sex: area, period, category, number of values, quantile, and the limits at 95 and 99.8%, empty where there are too few values.
arguments <- commandArgs(trailingOnly = TRUE)
p <- as.numeric(arguments[1])
d <- read.csv(arguments[3])
d$value <- d[[arguments[2]]]
found <- function(v) {
  s <- sort(v); n <- length(s)
  limits <- function(a) {
    q <- qbinom(a, n, p); j <- if (pbinom(q, n, p) <= a) q + 1 else q; k <- qbinom(1 - a, n, p) + 1
    c(if (j < 1) NA else s[j], if (k > n) NA else s[k])
  }
  c(n, quantile(s, p, type = 7, names = FALSE), limits(0.025), limits(0.001))
}
groups <- rbind(transform(d, sex = ""), d)
for (g in split(groups, list(groups$period, groups$sex, groups$area), drop = TRUE)) {
  if (!anyNA(g$value)) {
    numbers <- sapply(found(g$value), function(v) if (is.na(v)) "" else sprintf("%.15g", v))
    cat(g$area[1], g$period[1], g$sex[1], numbers, sep = ","); cat("\n")
  }
}
