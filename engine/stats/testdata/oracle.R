# Writes the oracle files of engine/stats that its committed tests read. R 4.2.2, base packages only: every number is
# found by another route than the package takes (R's own tests and quantiles, root finding on the defining equation,
# matrices, numerical integration, a life table written forwards).
#
#   Rscript oracle.R        in this folder
options(digits = 17, scipen = 9)
set.seed(20260101)
levels <- c(0.95, 0.998)
save <- function(d, file) {
  for (name in names(d)) if (is.numeric(d[[name]])) d[[name]] <- ifelse(is.na(d[[name]]), "", sprintf("%.17g", d[[name]]))
  write.csv(d, file, row.names = FALSE, quote = FALSE)
}
rbind_all <- function(rows) do.call(rbind, rows)
# A tolerance of nothing is never met: the search ends where halving does, and R warns of it.
root <- function(f, lower, upper) suppressWarnings(uniroot(f, c(lower, upper), tol = 1e-300, maxiter = 5000)$root)

# Proportions: exact limits by R's quantiles and tests, the others as roots of what defines them.
cases <- rbind(c(0, 7), c(1, 7), c(3, 7), c(7, 7), c(1, 1), c(0, 1), c(12, 24), c(53, 53), c(17, 240), c(196, 5150), c(5149, 5150),
               c(2741, 58137), c(3, 1e6), c(999990, 1e6), c(2.5, 12.25))
rows <- list()
for (i in seq_len(nrow(cases))) for (conf in levels) {
  x <- cases[i, 1]; n <- cases[i, 2]; a <- (1 - conf) / 2; z <- qnorm(1 - a)
  cp <- c(if (x == 0) 0 else qbeta(a, x, n - x + 1), if (x == n) 1 else qbeta(1 - a, x + 1, n - x))
  if (x == round(x)) stopifnot(all.equal(cp, as.numeric(binom.test(x, n, conf.level = conf)$conf.int), tolerance = 1e-12))
  jeffreys <- c(if (x == 0) 0 else qbeta(a, x + .5, n - x + .5), if (x == n) 1 else qbeta(1 - a, x + .5, n - x + .5))
  above <- function(p) (if (x == 0) 1 else pbeta(p, x, n - x + 1)) / 2 + (if (x == n) 0 else pbeta(p, x + 1, n - x)) / 2
  below <- function(p) (if (x == 0) 0 else pbeta(p, x, n - x + 1, lower.tail = FALSE)) / 2 + (if (x == n) 1 else pbeta(p, x + 1, n - x, lower.tail = FALSE)) / 2
  midp <- c(if (x == 0) 0 else exp(root(function(u) log(above(exp(u))) - log(a), log(1e-12), log(1 - 1e-16))),
            if (x == n) 1 else root(function(p) log(below(p)) - log(a), 1e-12, 1 - 1e-14))
  # Newcombe's method 4 as he prints it.
  p <- x / n; q <- 1 - p
  cc <- c(if (x == 0) 0 else max(0, (2 * x + z^2 - 1 - z * sqrt(z^2 - 2 - 1 / n + 4 * p * (n * q + 1))) / (2 * (n + z^2))),
          if (x == n) 1 else min(1, (2 * x + z^2 + 1 + z * sqrt(z^2 + 2 - 1 / n + 4 * p * (n * q - 1))) / (2 * (n + z^2))))
  add <- function(interval, limits, oracle) data.frame(x = x, n = n, confidence = conf, interval = interval, lower = limits[1], upper = limits[2], oracle = oracle)
  rows <- c(rows, list(add("clopper-pearson", cp, "R 4.2.2 qbeta and binom.test"), add("jeffreys", jeffreys, "R 4.2.2 qbeta"),
                       add("mid-p", midp, "R 4.2.2 uniroot on pbeta")))
  if (x == round(x)) rows <- c(rows, list(add("wilson-cc", cc, "Newcombe 1998 method 4 in R 4.2.2")))
}
save(rbind_all(rows), "proportion_intervals.csv")

# Surveys and finite populations: roots of the score equation with its variance multiplied.
rows <- list()
for (s in list(c(79, 167, 1.5, NA), c(79, 167, NA, 400), c(79, 167, 1.5, 400), c(3, 900, 2.2, 1000), c(899, 900, NA, 901), c(40, 80, 0.8, NA))) for (conf in levels) {
  x <- s[1]; n <- s[2]; z <- qnorm(1 - (1 - conf) / 2)
  factor <- (if (is.na(s[3])) 1 else s[3]) * (if (is.na(s[4])) 1 else (s[4] - n) / (s[4] - 1))
  score <- function(t) (x / n - t)^2 - z^2 * factor * t * (1 - t) / n
  rows <- c(rows, list(data.frame(x = x, n = n, deff = s[3], population = s[4], confidence = conf,
                                  lower = root(score, 1e-15, x / n), upper = root(score, x / n, 1 - 1e-15), oracle = "R 4.2.2 uniroot on the score equation")))
}
save(rbind_all(rows), "proportion_worth.csv")

# Exact Poisson limits at every size.
rows <- list()
for (x in c(0, 0.4, 1, 3, 9, 9.5, 10, 25, 120, 1e4, 1e6)) for (conf in levels) {
  a <- (1 - conf) / 2
  rows <- c(rows, list(data.frame(x = x, confidence = conf, lower = if (x == 0) 0 else qgamma(a, x), upper = qgamma(a, x + 1, lower.tail = FALSE), oracle = "R 4.2.2 qgamma")))
}
save(rbind_all(rows), "poisson_exact.csv")

# Student's t.
rows <- list()
samples <- list(pair = c(1.5, 9.25), eight = c(3.1, 4.7, 2.2, 5.9, 4.4, 3.8, 4.1, 4.9), far = 1e9 + c(0.1, 0.4, 0.2, 0.9, 0.5), many = round(rnorm(400, 50, 7), 3))
for (name in names(samples)) for (conf in levels) {
  v <- samples[[name]]; limits <- t.test(v - mean(v), conf.level = conf)$conf.int + mean(v)
  rows <- c(rows, list(data.frame(group = name, confidence = conf, n = length(v), sd = sd(v), value = mean(v), lower = limits[1], upper = limits[2], oracle = "R 4.2.2 t.test")))
}
save(rbind_all(rows), "mean.csv")
save(rbind_all(lapply(names(samples), function(name) data.frame(group = name, v = samples[[name]]))), "mean_in.csv")

# Quantiles with limits from the ranks that pbinom gives.
rows <- list()
v <- round(rexp(60, 0.1), 2)
for (n in c(3, 6, 9, 10, 25, 60)) for (p in c(0.5, 0.1, 0.9)) for (conf in levels) {
  a <- (1 - conf) / 2; s <- sort(v[1:n]); k <- 0:(n - 1); cum <- pbinom(k, n, p)
  j <- sum(cum <= a); u <- which(cum >= 1 - a)
  rows <- c(rows, list(data.frame(n = n, p = p, confidence = conf, value = as.numeric(quantile(s, p, type = 7)), lower = if (j == 0) NA else s[j],
                                  upper = if (length(u) == 0) NA else s[k[u[1]] + 1], oracle = "R 4.2.2 quantile(type = 7) and pbinom")))
}
save(rbind_all(rows), "quantile_interval.csv")
save(data.frame(v = v), "quantile_interval_in.csv")

# The ranks of those limits, 0 for none, up to samples of a hundred million.
rows <- list()
for (n in c(1, 2, 5, 6, 9, 10, 11, 25, 101, 1000, 4321, 99999, 1e6, 12345678, 1e8)) for (p in c(0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)) {
  ranks <- function(a) {
    q <- qbinom(a, n, p); u <- qbinom(1 - a, n, p) + 1
    c(if (pbinom(q, n, p) <= a) q + 1 else q, if (u > n) 0 else u)
  }
  r <- c(ranks(0.025), ranks(0.001))
  rows <- c(rows, list(data.frame(n = n, p = p, lower95 = r[1], upper95 = r[2], lower998 = r[3], upper998 = r[4], oracle = "R 4.2.2 qbinom")))
}
save(rbind_all(rows), "quantile_ranks.csv")

# Directly standardised rates. Events that are not independent are rows of people by frequency.
dsr <- list(
  common = data.frame(band = 1:6, freq = 1, x = c(4, 11, 25, 60, 140, 201), n = c(9100, 8800, 8400, 7300, 5200, 2100), standard = c(16000, 18000, 19000, 17000, 14000, 6000)),
  sparse = data.frame(band = 1:3, freq = 1, x = c(2, 0, 1), n = c(400, 350, 80), standard = c(50000, 30000, 20000)),
  none = data.frame(band = 1:3, freq = 1, x = c(0, 0, 0), n = c(400, 350, 80), standard = c(50000, 30000, 20000)),
  uneven = data.frame(band = 1:3, freq = 1, x = c(1, 4, 7), n = c(5, 900, 1100), standard = c(60000, 20000, 20000)),
  repeated = data.frame(band = rep(1:3, each = 3), freq = rep(1:3, 3), x = c(40, 6, 1, 70, 11, 3, 120, 30, 9), n = rep(c(12000, 11000, 2500), each = 3), standard = rep(c(30000, 45000, 25000), each = 3)))
rows <- list()
for (name in names(dsr)) for (conf in levels) {
  d <- dsr[[name]]; a <- (1 - conf) / 2; z <- qnorm(1 - a)
  total <- sum(tapply(d$standard, d$band, function(s) s[1]))
  w <- d$standard * d$freq / d$n / total; y <- sum(w * d$x); v <- sum(w^2 * d$x); X <- sum(d$freq * d$x)
  byar <- c(X * (1 - 1 / (9 * X) - z / (3 * sqrt(X)))^3, (X + 1) * (1 - 1 / (9 * (X + 1)) + z / (3 * sqrt(X + 1)))^3)
  gamma <- function(m, m2) c(if (y == 0) 0 else qgamma(a, y^2 / v, scale = v / y), qgamma(1 - a, (y + m)^2 / (v + m2), scale = (v + m2) / (y + m)))
  add <- function(interval, l) data.frame(group = name, confidence = conf, interval = interval, count = X, value = 1e5 * y, lower = 1e5 * max(0, l[1]), upper = 1e5 * l[2], oracle = "published formulas with R 4.2.2 qgamma")
  if (X >= 10) rows <- c(rows, list(add("dobson", y + sqrt(v / X) * (byar - X))))
  rows <- c(rows, list(add("fay-feuer", gamma(max(w), max(w)^2)), add("tiwari", gamma(mean(w), mean(w^2)))))
}
save(rbind_all(rows), "dsr.csv")
save(rbind_all(lapply(names(dsr), function(name) cbind(group = name, dsr[[name]]))), "dsr_in.csv")

# Indirectly standardised ratios: poisson.test with the expected count as its time, Byar's from 10.
rows <- list()
for (s in list(c(0, 3.2), c(4, 7.25), c(9, 2), c(10, 12.5), c(310, 290.4))) for (conf in levels) {
  X <- s[1]; E <- s[2]; z <- qnorm(1 - (1 - conf) / 2)
  l <- if (X < 10) as.numeric(poisson.test(X, E, conf.level = conf)$conf.int) else c(X * (1 - 1 / (9 * X) - z / (3 * sqrt(X)))^3, (X + 1) * (1 - 1 / (9 * (X + 1)) + z / (3 * sqrt(X + 1)))^3) / E
  rows <- c(rows, list(data.frame(observed = X, expected = E, confidence = conf, value = X / E, lower = l[1], upper = l[2], oracle = if (X < 10) "R 4.2.2 poisson.test" else "Byar in R 4.2.2")))
}
save(rbind_all(rows), "isr.csv")

# Quantiles of areas: the rank as rank() gives it, and the bound found by counting.
rows <- list()
for (n in c(5, 9, 20, 28, 61)) for (k in c(4, 5, 10, 20)) if (n >= k) {
  v <- round(runif(n, 0, n / 2)) # with ties
  r <- rank(v, ties.method = "min")
  q <- sapply(r, function(rank) { left <- n + 1 - rank; up <- 0; while (up * n < left * k) up <- up + 1; max(1, k + 1 - up) })
  rows <- c(rows, list(data.frame(areas = n, into = k, v = v, quantile = q, oracle = "R 4.2.2 rank and counting in whole numbers")))
}
save(rbind_all(rows), "area_quantiles.csv")

# Slopes: the weighted regression as matrices, the ratio's limits as roots of a normal probability, moments by integrate.
sii <- list(
  linear = data.frame(n = c(7100, 8300, 6050, 7700, 5790), v = c(31.2, 28.4, 29.9, 25.1, 24.8), s = c(1.1, 1.3, 0.9, 1.6, 1.2)),
  log = data.frame(n = c(3100, 2700, 2900, 3300, 2400, 2000), v = c(196, 171, 147, 99, 87, 92), s = c(0.13, 0.15, 0.16, 0.18, 0.22, 0.2)),
  logit = data.frame(n = c(710, 830, 605, 770, 579), v = c(0.41, 0.37, 0.36, 0.29, 0.25), s = c(0.08, 0.075, 0.09, 0.08, 0.1)))
rows <- list()
for (name in names(sii)) for (transform in if (name == "linear") FALSE else c(FALSE, TRUE)) for (conf in levels) {
  d <- sii[[name]]; z <- qnorm(1 - (1 - conf) / 2); share <- d$n / sum(d$n); b <- cumsum(share) - share / 2
  g <- list(linear = identity, log = log, logit = qlogis)[[name]]; back <- list(linear = identity, log = exp, logit = plogis)[[name]]
  X <- cbind(1, b); A <- solve(t(X) %*% diag(share) %*% X) %*% t(X) %*% diag(share) # intercept, slope from values
  V <- A %*% diag(d$s^2) %*% t(A)
  if (transform) {
    f <- A %*% g(d$v); h <- f[1] + f[2] / 2; slopes <- f[2] + c(0, -1, 1) * z * sqrt(V[2, 2])
    gap <- back(h + slopes / 2) - back(h - slopes / 2); ratio <- back(h + slopes / 2) / back(h - slopes / 2); intercept <- back(f[1])
  } else {
    f <- A %*% d$v; intercept <- f[1]; end <- rbind(A[1, ], A[1, ] + A[2, ])
    if (name == "linear") {
      gap <- f[2] + c(0, -1, 1) * z * sqrt(V[2, 2])
      P <- function(r, sign) { w <- end[2, ] - r * end[1, ]; sum(w * d$v) / sqrt(sum(w^2 * d$s^2)) - sign * z }
    } else {
      moment <- function(i, k, m) integrate(function(u) (back(g(d$v[i]) + d$s[i] * u) - m)^k * dnorm(u), -12, 12, rel.tol = 1e-13, subdivisions = 2000)$value
      m1 <- sapply(seq_along(d$v), function(i) moment(i, 1, 0))
      m <- sapply(2:4, function(k) sapply(seq_along(d$v), function(i) moment(i, k, m1[i])))
      q <- function(w, u) { k <- c(sum(w * m1), sum(w^2 * m[, 1]), sum(w^3 * m[, 2]), sum(w^4 * (m[, 3] - 3 * m[, 1]^2)))
        g1 <- k[3] / k[2]^1.5; g2 <- k[4] / k[2]^2
        k[1] + sqrt(k[2]) * (u + g1 * (u^2 - 1) / 6 + g2 * (u^3 - 3 * u) / 24 - g1^2 * (2 * u^3 - 5 * u) / 36) }
      gap <- c(f[2], q(A[2, ], -z), q(A[2, ], z))
      P <- function(r, sign) q(end[2, ] - r * end[1, ], -sign * z)
    }
    ratio <- c((f[1] + f[2]) / f[1], root(function(r) P(r, 1), 1e-3, 5), root(function(r) P(r, -1), 1e-3, 5))
  }
  rows <- c(rows, list(data.frame(group = name, transform = transform, confidence = conf, intercept = intercept, sii = gap[1], sii_lower = gap[2], sii_upper = gap[3],
                                  rii = ratio[1], rii_lower = ratio[2], rii_upper = ratio[3], oracle = "R 4.2.2 solve with uniroot and integrate")))
}
save(rbind_all(rows), "slope.csv")
save(rbind_all(lapply(names(sii), function(name) cbind(group = name, sii[[name]]))), "slope_in.csv")

# A life table written forwards, as it is printed: survivors, years lived, years left.
tables <- list(
  large = data.frame(start = c(0, 1, seq(5, 90, 5)), deaths = c(19, 4, 2, 3, 8, 12, 15, 23, 31, 47, 71, 118, 172, 238, 335, 511, 668, 812, 841, 702),
                     n = c(5104, 20950, 26110, 26540, 24770, 25230, 27800, 30120, 29950, 28040, 27890, 29210, 27650, 23800, 21180, 19870, 14260, 9340, 5170, 2630)),
  to85 = data.frame(start = c(0, 1, seq(5, 85, 5)), deaths = c(3, 0, 1, 0, 2, 3, 2, 4, 6, 8, 13, 20, 31, 44, 60, 88, 110, 131, 290),
                    n = c(900, 3500, 4300, 4400, 4200, 4100, 4500, 4900, 5000, 4600, 4500, 4700, 4400, 3900, 3400, 3100, 2300, 1500, 1300)))
rows <- list()
for (name in names(tables)) for (conf in levels) {
  d <- tables[[name]]; k <- nrow(d); M <- d$deaths / d$n; width <- c(diff(d$start), NA); a <- c(0.1, rep(0.5, k - 1))
  q <- c(pmin(1, (width * M / (1 + (1 - a) * width * M))[-k]), 1); l <- 100000 * c(1, cumprod(1 - q)[-k]); died <- l * q
  L <- c((width * (l - died) + a * width * died)[-k], l[k] / M[k]); left <- rev(cumsum(rev(L))) / l
  vq <- ifelse(d$deaths == 0, 0, q^2 * (1 - q) / d$deaths)
  terms <- c((l^2 * ((1 - a) * width + c(left[-1], NA))^2 * vq)[-k], (l[k] / 2)^2 * 4 / (d$deaths[k] * M[k]^2))
  se <- sqrt(rev(cumsum(rev(terms))) / l^2); z <- qnorm(1 - (1 - conf) / 2)
  rows <- c(rows, list(data.frame(group = name, start = d$start, deaths = d$deaths, n = d$n, confidence = conf, value = left, lower = left - z * se, upper = left + z * se, oracle = "life table in R 4.2.2")))
}
save(rbind_all(rows), "life_expectancy.csv")

# Empirical Bayes and adjusted p values.
x <- c(15, 195, 449, 3, 0, 61, 88, 7); n <- c(196, 3909, 6441, 92, 41, 1190, 1300, 230); p <- x / n; m <- sum(x) / sum(n)
A <- max(0, weighted.mean((p - m)^2, n) - m / mean(n))
save(data.frame(x = x, n = n, value = (A * p + m / n * m) / (A + m / n), oracle = "Marshall 1991 in R 4.2.2"), "shrink.csv")
p <- c(0.03, 1e-4, 0.2, NA, 0.0124, 0.0124, 1, 0.6, 0, 0.049)
save(data.frame(p = p, bh = p.adjust(p, "BH"), holm = p.adjust(p, "holm"), by = p.adjust(p, "BY"), bonferroni = p.adjust(p, "bonferroni"), oracle = "R 4.2.2 p.adjust"), "adjust.csv")
