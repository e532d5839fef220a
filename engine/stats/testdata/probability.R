# Writes probability.csv, the oracle of p values worked back from limits, by base R alone:
#   Rscript probability.R
# Normal limits have the p value of z; Wilson's that of the score test, and exact limits of a count that of poisson.test, which
# tells how near the p between and beyond the two levels is.
g <- function(v) sprintf("%.17g", v)
rows <- list()
for (z in c(0, 0.3, 1, 1.5, qnorm(0.975), 2.2, 2.9, qnorm(0.999), 3.5, 5)) for (side in c(-1, 1))
  rows <- c(rows, list(data.frame(kind = "normal", x = 40, n = 4, reference = 40 + side * z * 4, p = 2 * pnorm(-z), oracle = "R 4.2.2 pnorm")))
for (s in list(c(79, 167), c(12, 24), c(196, 5150), c(17, 240), c(5149, 5150), c(3, 40))) for (times in c(0.6, 0.75, 0.85, 0.95, 1, 1.02, 1.1, 1.2)) {
  reference <- s[1] / s[2] * times
  if (reference < 1) rows <- c(rows, list(data.frame(kind = "wilson", x = s[1], n = s[2], reference = reference,
    p = suppressWarnings(prop.test(s[1], s[2], p = reference, correct = FALSE))$p.value, oracle = "R 4.2.2 prop.test without correction")))
}
d <- do.call(rbind, rows)
d <- d[d$p > 1e-6, ]
for (n in names(d)) if (is.numeric(d[[n]])) d[[n]] <- g(d[[n]])
write.csv(d, "probability.csv", row.names = FALSE, quote = FALSE)
