# The same work as BenchmarkDSR and BenchmarkSlopeIndex in R, for the ratio of their times. It prints the seconds for
# directly standardised rates of 10,000 groups of 19 bands, group by group and as one sum over all rows, and for slope
# indices of 1,000 areas of 10 deciles by simulation with 100,000 draws each (of ten areas, times a hundred). Each is the
# median of five runs, since the first also compiles. Last come the seconds that the package PHEindicatormethods (version 2.0) takes for
# the rates and, of two areas, for the indices at its own number of draws; 0 where it is not installed.
seconds <- function(work) median(replicate(5, system.time(work())[["elapsed"]]))
z <- qnorm(c(0.975, 0.999))
byar <- function(x) rbind(x * (1 - 1 / (9 * x) - z / (3 * sqrt(x)))^3, (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * sqrt(x + 1)))^3)
groups <- 10000; bands <- 19
d <- data.frame(g = rep(seq_len(groups), each = bands), x = rpois(groups * bands, 8) + 1, n = 1000 + seq_len(groups * bands) %% 977, w = rep(c(5000, 5500, 6000, 7000, 4000), length.out = bands))
one <- function(i) {
  x <- d$x[i]; n <- d$n[i]; w <- d$w[i]
  y <- sum(w * x / n) / sum(w); v <- sum(w^2 * x / n^2) / sum(w)^2; X <- sum(x)
  y + sqrt(v / X) * (byar(X) - X)
}
each <- seconds(function() lapply(split(seq_len(nrow(d)), d$g), one))
sums <- seconds(function() {
  s <- rowsum(cbind(d$w * d$x / d$n, d$w^2 * d$x / d$n^2, d$x, d$w), d$g)
  y <- s[, 1] / s[, 4]; v <- s[, 2] / s[, 4]^2; for (q in z) byar1 <- y + sqrt(v / s[, 3]) * (s[, 3] * (1 - 1 / (9 * s[, 3]) - q / (3 * sqrt(s[, 3])))^3 - s[, 3])
})
areas <- 10; a <- rep(0.1, 10); b <- cumsum(a) - a / 2; X <- cbind(1, b); A <- solve(t(X) %*% (a * X)) %*% t(X * a)
slope <- 100 * seconds(function() for (i in seq_len(areas)) {
  f <- A %*% matrix(rnorm(1e6, seq(40, 31), 1), nrow = 10)
  quantile(f[2, ], c(0.001, 0.025, 0.975, 0.999)); quantile((f[1, ] + f[2, ]) / f[1, ], c(0.001, 0.025, 0.975, 0.999))
})
package <- c(0, 0)
if (requireNamespace("PHEindicatormethods", quietly = TRUE)) suppressWarnings({
  package[1] <- system.time(PHEindicatormethods::phe_dsr(dplyr::group_by(d, g), x = x, n = n, stdpop = w, stdpoptype = "field", confidence = c(0.95, 0.998)))[["elapsed"]]
  two <- data.frame(a = rep(1:2, each = 10), q = rep(1:10, 2), p = 1000, v = rep(seq(40, 31), 2) + sin(1:20) / 10, se = 1)
  package[2] <- 500 * system.time(PHEindicatormethods::phe_sii(dplyr::group_by(two, a), quantile = q, population = p, value = v, se = se, value_type = 0, confidence = c(0.95, 0.998), rii = TRUE))[["elapsed"]]
})
cat(each, sums, slope, package, "\n")
