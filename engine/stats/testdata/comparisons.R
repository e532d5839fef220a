# Writes the oracles of differences, ratios, long trends, funnels, targets and control charts, by base R alone:
#   Rscript comparisons.R
# Each CSV names its oracle in its last column. Nothing here is read by the program.
oracle <- paste("R", paste(R.version$major, R.version$minor, sep = "."))
g <- function(v) ifelse(is.na(v), "", sprintf("%.17g", v))
put <- function(d, file, by) {
  for (n in names(d)) if (is.numeric(d[[n]])) d[[n]] <- g(d[[n]])
  d$oracle <- paste(oracle, by)
  write.csv(d, file, row.names = FALSE, quote = FALSE, na = "")
}
levels <- c(0.95, 0.998)

# Score limits: the likelihood under a given difference maximised by its slope, the limits by root finding on z. No
# closed form of the cubic enters.
likely <- function(x1, n1, x2, n2, d) {
  part <- function(x, p) if (x == 0) 0 else x / p
  slope <- function(p) part(x1, p + d) - part(n1 - x1, 1 - p - d) + part(x2, p) - part(n2 - x2, 1 - p)
  lo <- max(0, -d); hi <- min(1, 1 - d); e <- max((hi - lo) * 1e-13, 4e-16)
  a <- slope(lo + e); b <- slope(hi - e)
  if (a <= 0) return(lo)
  if (b >= 0) return(hi)
  uniroot(slope, c(lo + e, hi - e), tol = 1e-17, maxiter = 10000)$root
}
score <- function(x1, n1, x2, n2, d) {
  p2 <- likely(x1, n1, x2, n2, d); p1 <- p2 + d; n <- n1 + n2
  (x1 / n1 - x2 / n2 - d) / sqrt((p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * n / (n - 1))
}
limits <- function(x1, n1, x2, n2, level) {
  z <- qnorm(1 - (1 - level) / 2); d <- x1 / n1 - x2 / n2
  side <- function(from, to, z) {
    f <- function(t) score(x1, n1, x2, n2, t) - z
    uniroot(f, c(from, to), tol = 1e-16, maxiter = 10000)$root
  }
  c(if (d <= -1) -1 else side(-1 + 1e-6, d, z), if (d >= 1) 1 else side(d, 1 - 1e-6, -z))
}
pairs <- rbind(c(79, 167, 540, 1000), c(9, 10, 3, 10), c(1, 30, 0, 25), c(0, 40, 3, 55), c(196, 5150, 412, 8800),
  c(5, 56, 0, 29), c(2741, 58137, 1500, 40000), c(12, 12, 20, 31), c(30, 60, 30, 60), c(3, 7, 250, 900))
d <- do.call(rbind, lapply(seq_len(nrow(pairs)), function(i) do.call(rbind, lapply(levels, function(level) {
  p <- pairs[i, ]; l <- limits(p[1], p[2], p[3], p[4], level)
  data.frame(x1 = p[1], n1 = p[2], x2 = p[3], n2 = p[4], confidence = level, lower = l[1], upper = l[2])
}))))
put(d, "miettinen_nurminen.csv", "uniroot on the constrained score statistic")

# Ratios of rates.
pairs <- rbind(c(11, 77000, 25, 81000), c(40, 20411, 40, 19800), c(1, 500, 1, 700), c(3, 90, 5, 40), c(250, 1e5, 310, 9e4),
  c(5000, 1e6, 4800, 1.1e6), c(120, 50, 90, 60), c(7, 1e4, 2000, 3e6))
d <- do.call(rbind, lapply(seq_len(nrow(pairs)), function(i) do.call(rbind, lapply(levels, function(level) {
  p <- pairs[i, ]; e <- poisson.test(c(p[1], p[3]), c(p[2], p[4]), conf.level = level)
  z <- qnorm(1 - (1 - level) / 2); s <- sqrt(1 / p[1] + 1 / p[3]); r <- p[1] / p[2] / (p[3] / p[4])
  data.frame(x1 = p[1], n1 = p[2], x2 = p[3], n2 = p[4], confidence = level, ratio = r, exact_lower = e$conf.int[1],
    exact_upper = e$conf.int[2], log_lower = exp(log(r) - z * s), log_upper = exp(log(r) + z * s))
}))))
put(d, "rate_ratios.csv", "poisson.test and the log-normal formula")

# Square and add with a correlation, by the quadratic form with the covariance matrix.
three <- rbind(c(76.3, 74.9, 77.7, 65.1, 62, 68.2), c(52.4, 49, 55.7, 58.8, 57.1, 60.4), c(12, 8, 19, 30, 25, 33))
d <- do.call(rbind, lapply(seq_len(nrow(three)), function(i) do.call(rbind, lapply(c(-0.5, 0, 0.3, 0.9, 1), function(r) {
  p <- three[i, ]; m <- matrix(c(1, -r, -r, 1), 2)
  below <- c(p[1] - p[2], p[6] - p[4]); above <- c(p[3] - p[1], p[4] - p[5])
  data.frame(t1 = p[1], l1 = p[2], u1 = p[3], t2 = p[4], l2 = p[5], u2 = p[6], correlation = r,
    lower = p[1] - p[4] - sqrt(max(0, drop(t(below) %*% m %*% below))), upper = p[1] - p[4] + sqrt(max(0, drop(t(above) %*% m %*% above))))
}))))
put(d, "mover_correlated.csv", "matrix products")

# Long series: prop.trend.test, glm-free logit regression by lm, weighted lm.
set.seed(20260101)
d <- do.call(rbind, lapply(1:12, function(s) {
  n <- sample(6:18, 1); year <- 2004 + seq_len(n); size <- sample(400:9000, n)
  x <- rbinom(n, size, plogis(-2 + rnorm(1, 0, 0.05) * seq_len(n)))
  value <- round(50 + rnorm(1) * seq_len(n) + rnorm(n), 3); half <- round(runif(n, 0.5, 4), 3)
  w <- (qnorm(0.975) / half)^2
  fit <- lm(value ~ year, weights = w)
  slope <- coef(fit)[2]; var <- 1 / sum(w * (year - weighted.mean(year, w))^2)
  data.frame(series = s, year = year, x = x, n = size, value = value, lower = value - half, upper = value + half,
    chi2 = unname(prop.trend.test(x, size, year)$statistic), p = prop.trend.test(x, size, year)$p.value,
    logit_slope = unname(coef(lm(qlogis(x / size) ~ year))[2]), weighted_slope = unname(slope), weighted_chi2 = unname(slope^2 / var))
}))
put(d, "long_trends.csv", "prop.trend.test and lm")

# Funnels: a count on a limit, by root finding on pgamma; whole counts agree with ppois.
d <- do.call(rbind, lapply(c(0.002, 0.4, 1, 3.6, 3.8, 7, 12.5, 40, 333, 5200, 81234.5), function(e) {
  fewest <- function(tail) if (exp(-e) >= tail) 0 else uniroot(function(o) pgamma(e, o + 1, lower = FALSE) - tail, c(0, e), tol = 1e-13)$root
  most <- function(tail) uniroot(function(o) pgamma(e, o) - tail, c(e, e + 20 + 8 * sqrt(e)), tol = 1e-13)$root
  data.frame(expected = e, lower95 = fewest(0.025), upper95 = most(0.025), lower998 = fewest(0.001), upper998 = most(0.001))
}))
put(d, "poisson_funnel.csv", "uniroot on pgamma")

# Forecasts: predict.lm at both levels, pt.
set.seed(7)
d <- do.call(rbind, lapply(1:10, function(s) {
  n <- sample(5:14, 1); year <- 2010 + seq_len(n); value <- round(20 + rnorm(1) * seq_len(n) + rnorm(n), 2)
  fit <- lm(value ~ year); to <- data.frame(year = max(year) + sample(1:4, 1))
  a <- predict(fit, to, interval = "prediction", level = 0.95); b <- predict(fit, to, interval = "prediction", level = 0.998)
  one <- predict(fit, to, se.fit = TRUE); se <- sqrt(one$se.fit^2 + one$residual.scale^2)
  target <- round(a[1] + rnorm(1), 1)
  data.frame(series = s, year = year, value = value, to = to$year, target = target, forecast = a[1], slope = unname(coef(fit)[2]),
    lower95 = a[2], upper95 = a[3], lower998 = b[2], upper998 = b[3], at_most = unname(pt((target - a[1]) / se, n - 2)),
    required = (target - value[n]) / (to$year - year[n]))
}))
put(d, "forecasts.csv", "lm with predict and pt")

# A share of the next cohort: every term of the beta-binomial by its logarithm.
cases <- rbind(c(79, 167, 170, 0.54), c(0, 30, 28, 0.05), c(30, 30, 31, 0.95), c(196, 5150, 5200, 0.035), c(12, 40, 1, 0.5), c(2741, 58137, 60000, 0.048))
d <- do.call(rbind, lapply(seq_len(nrow(cases)), function(i) {
  p <- cases[i, ]; a <- p[1] + 0.5; b <- p[2] - p[1] + 0.5; k <- 0:p[3]
  term <- exp(lchoose(p[3], k) + lbeta(a + k, b + p[3] - k) - lbeta(a, b)); term <- term / sum(term)
  data.frame(x = p[1], n = p[2], m = p[3], target = p[4], at_least = sum(term[k / p[3] >= p[4]]), at_most = sum(term[k / p[3] <= p[4]]))
}))
put(d, "beta_binomial.csv", "lchoose and lbeta")

# Quintile bounds.
set.seed(3)
d <- do.call(rbind, lapply(1:6, function(s) {
  v <- round(rnorm(sample(5:23, 1), 12, 4), 2); q <- unname(quantile(v, 0:5 / 5, type = 7))
  data.frame(list = s, value = v, b0 = q[1], b1 = q[2], b2 = q[3], b3 = q[4], b4 = q[5], b5 = q[6])
}))
put(d, "quintiles.csv", "quantile(type = 7)")

# Control charts: limits from mean and diff; each rule by looking at every window with embed.
rules <- function(y, mean, w) {
  n <- length(y); side <- sign(y - mean); out <- abs(y - mean) > w & (y > mean + w | y < mean - w)
  near <- !out & (y > mean + 2 / 3 * w | y < mean - 2 / 3 * w)
  rule <- rep("", n)
  windows <- function(k) if (n >= k) embed(seq_len(n), k)[, k:1, drop = FALSE] else matrix(0L, 0, k)
  for (i in seq_len(nrow(windows(7)))) { v <- windows(7)[i, ]; if (all(side[v] == 1)) rule[v] <- "above-mean"; if (all(side[v] == -1)) rule[v] <- "below-mean" }
  for (i in seq_len(nrow(windows(3)))) { v <- windows(3)[i, ]; for (s in c(1, -1)) if (all(side[v] == s) && sum(near[v]) >= 2) rule[v[near[v]]] <- if (s > 0) "near-upper-limit" else "near-lower-limit" }
  for (i in seq_len(nrow(windows(7)))) { v <- windows(7)[i, ]; if (all(diff(y[v]) > 0)) rule[v] <- "rising"; if (all(diff(y[v]) < 0)) rule[v] <- "falling" }
  rule[out & y > mean] <- "above-limit"; rule[out & y < mean] <- "below-limit"
  rule
}
set.seed(11)
d <- do.call(rbind, lapply(1:16, function(s) {
  n <- sample(12:36, 1)
  y <- round(50 + rnorm(n, 0, 3) + (s %% 4 == 1) * 6 * (seq_len(n) > n / 2) + (s %% 4 == 2) * 0.5 * seq_len(n) + (s %% 4 == 3) * cumsum(rnorm(n, 0, 1)), 2)
  do.call(rbind, lapply(c(FALSE, TRUE), function(screen) do.call(rbind, lapply(c(0, 12), function(base) {
    b <- if (base > 0) y[seq_len(base)] else y
    mr <- abs(diff(b)); amr <- mean(mr); if (screen) amr <- mean(mr[mr < 3.267 * amr])
    w <- 2.66 * amr
    data.frame(series = s, screen = screen, baseline = base, t = seq_len(n), value = y, mean = mean(b), lower = mean(b) - w, upper = mean(b) + w, rule = rules(y, mean(b), w))
  }))))
}))
put(d, "control_charts.csv", "mean with diff and embed")
