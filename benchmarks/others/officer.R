# The return's three documents with officer, its charts with ggplot2: Rscript officer.R WORKBOOK OUT
#
# officer puts no lists and no pictures into a table's cells, so conditions and risks run down the page:
# the wording as a heading, the levels stacked under it, then the text.

suppressPackageStartupMessages({
  library(readxl)
  library(officer)
  library(ggplot2)
})

arguments <- commandArgs(trailingOnly = TRUE)
workbook <- arguments[1]
out <- arguments[2]
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
reference <- file.path(here, "templates", "reference.docx")
dir.create(file.path(out, "charts"), recursive = TRUE, showWarnings = FALSE)

dpi <- 200
money <- c("£" = 1, "£000" = 1000, "£m" = 1e6)
fills <- c(Blue = "#1D70B8", Green = "#00703C", Amber = "#FFBF00", Red = "#D4351C")
inks <- c(Blue = "#FFFFFF", Green = "#FFFFFF", Amber = "#000000", Red = "#FFFFFF")
palette <- c("#12436D", "#28A197", "#801650", "#F46A25")

# Reading ---------------------------------------------------------------------------------------------------

sheet <- function(name) {
  read <- read_excel(workbook, sheet = name, skip = 2, col_types = "text", .name_repair = "minimal")
  as.data.frame(read[rowSums(!is.na(read)) > 0, , drop = FALSE], stringsAsFactors = FALSE)
}
programme_sheet <- sheet("Programme")
programme <- setNames(programme_sheet$Value, programme_sheet$Item)
updates <- sheet("Updates")
contacts <- sheet("Contacts")
questions <- sheet("Questions")
headlines <- sheet("Headlines")
conditions <- sheet("Conditions")
progress <- sheet("Progress")
risks <- sheet("Risks")
metrics <- sheet("Metrics")
observed <- sheet("Metric data")
finance <- sheet("Finance")
exhibits <- sheet("Exhibits")
levels_sheet <- sheet("Assurance levels")

current <- programme[["Current update"]]
written_date <- function(serial) {
  if (is.na(serial)) return("")
  day <- as.Date(as.numeric(serial), origin = "1899-12-30")
  paste(as.integer(format(day, "%d")), format(day, "%B %Y"))
}
this_update <- updates[updates$Update == current, ]
submitted <- written_date(this_update$Submitted)
data_as_at <- written_date(this_update[["Data as at"]])

order_of <- function(period) {
  year <- grepl("-", period)
  at <- numeric(length(period))
  at[year] <- as.numeric(substr(period[year], 1, 4)) * 12
  months <- period[!year]
  at[!year] <- as.numeric(sub(".* ", "", months)) * 12 + match(substr(months, 1, 3), month.abb)
  at
}
short <- function(period) ifelse(grepl("-", period), sub("-", "/", period), sub(" 20", " '", period))
places <- function(values) {
  written <- format(round(values[!is.na(values)], 6), scientific = FALSE, trim = TRUE, drop0trailing = TRUE)
  if (length(written) == 0) return(0)
  max(vapply(strsplit(sub("^[^.]*\\.?", "", written), ""), length, 0L))
}

units <- setNames(metrics$Unit, metrics$Metric)
titles <- setNames(metrics$Title, metrics$Metric)
observed$Actual <- as.numeric(observed$Actual)
observed$Forecast <- as.numeric(observed$Forecast)
data_of <- split(observed[c("Period", "Actual", "Forecast")], observed$Metric)
decimals_of <- lapply(data_of, function(data) {
  max(vapply(split(c(data$Actual, data$Forecast), seq_len(2 * nrow(data))), places, 0))
})
for (row in which(!is.na(metrics$Calculation))) {
  rule <- metrics$Calculation[row]
  averaged <- startsWith(rule, "12-month average of ")
  of <- sub("^(12-month average of|change in) ", "", rule)
  data <- data_of[[of]]
  data <- data[order(order_of(data$Period)), ]
  calculate <- function(values) {
    if (averaged) {
      as.numeric(stats::filter(values, rep(1 / 12, 12), sides = 1))
    } else {
      c(NA, diff(values))
    }
  }
  made <- data.frame(Period = data$Period, Actual = calculate(data$Actual), Forecast = calculate(data$Forecast))
  name <- metrics$Metric[row]
  data_of[[name]] <- made[!is.na(made$Actual) | !is.na(made$Forecast), ]
  decimals_of[[name]] <- if (averaged) 1 else 0
}

# Figures in text -------------------------------------------------------------------------------------------

rounded <- function(value, digits) sign(value) * floor(abs(value) * 10^digits + 0.5 + 1e-9) / 10^digits
signed <- function(value, digits, before = "", after = "", trim = FALSE) {
  value <- rounded(value, digits)
  text <- formatC(abs(value), format = "f", digits = digits, big.mark = ",")
  if (trim) text <- sub("\\.$", "", sub("(\\.[0-9]*?)0+$", "\\1", text, perl = TRUE))
  paste0(ifelse(value < 0, "\u2212", ""), before, text, after)
}
figure <- function(value, unit, digits) list(value = value, unit = unit, digits = digits)
printed <- function(it) {
  if (is.character(it)) return(it)
  if (it$unit %in% names(money)) {
    pounds <- it$value * money[[it$unit]]
    if (abs(pounds) >= 1e6) return(signed(pounds / 1e6, 2, "£", "m", trim = TRUE))
    return(signed(pounds, 0, "£"))
  }
  signed(it$value, it$digits, "", if (it$unit == "percent") "%" else "")
}
pair <- function(metric, period) {
  data <- data_of[[metric]]
  if (is.null(period)) {
    told <- data[!is.na(data$Actual), ]
    period <- told$Period[which.max(order_of(told$Period))]
  }
  data[data$Period == period, ]
}
of_metric <- function(value, metric) figure(value, units[[metric]], decimals_of[[metric]])
calls <- list(
  actual = function(metric, period = NULL) of_metric(pair(metric, period)$Actual, metric),
  forecast = function(metric, period = NULL) of_metric(pair(metric, period)$Forecast, metric),
  gap = function(metric, period = NULL) {
    found <- pair(metric, period)
    of_metric(found$Actual - found$Forecast, metric)
  },
  change = function(metric, period) {
    of_metric(pair(metric, NULL)$Actual - pair(metric, period)$Actual, metric)
  },
  finance = function(scenario, line, year) {
    cell <- finance[finance$Scenario == scenario & finance$Line == line, year]
    figure(as.numeric(cell), programme[["Money in"]], 0)
  },
  level = function(ref, update = current) {
    found <- conditions[conditions$Ref == ref, update]
    if (length(found) == 0) found <- risks[risks$Ref == ref, update]
    found
  },
  programme = function(item) programme[[item]],
  pounds = function(it, unit, digits) signed(it$value * money[[it$unit]] / 1e6, digits, "£", unit),
  nearest = function(it, step) figure(rounded(it$value / step, 0) * step, it$unit, 0),
  size = function(it) figure(abs(it$value), it$unit, it$digits),
  decimals = function(it, digits) figure(it$value, it$unit, digits)
)
evaluate <- function(expression) {
  steps <- trimws(strsplit(expression, "|", fixed = TRUE)[[1]])
  value <- eval(parse(text = steps[1])[[1]], calls)
  for (step in steps[-1]) {
    call <- parse(text = if (grepl("(", step, fixed = TRUE)) step else paste0(step, "()"))[[1]]
    value <- do.call(calls[[as.character(call[[1]])]], c(list(value), as.list(call)[-1]))
  }
  printed(value)
}
filled <- function(text) {
  found <- gregexpr("\\{\\{.*?\\}\\}", text, perl = TRUE)
  expressions <- regmatches(text, found)
  regmatches(text, found) <- lapply(expressions, function(each) {
    vapply(each, function(one) evaluate(gsub("^\\{\\{|\\}\\}$", "", one)), "")
  })
  text
}

# Charts ----------------------------------------------------------------------------------------------------

exhibit_of <- function(row) {
  named <- strsplit(row$Series, "; ", fixed = TRUE)[[1]]
  plan <- grepl(" / ", named[1], fixed = TRUE)
  periods <- if (plan) {
    grep("^[0-9]{4}-[0-9]{2}$", names(finance), value = TRUE)
  } else {
    found <- unique(unlist(lapply(unique(sub(" [a-z]+$", "", named)), function(of) data_of[[of]]$Period)))
    found[order(order_of(found))]
  }
  at <- order_of(periods)
  if (!is.na(row$From)) periods <- periods[at >= order_of(row$From)]
  if (!is.na(row$To)) periods <- periods[order_of(periods) <= order_of(row$To)]
  scenarios <- length(unique(sub(" / .*", "", named)))
  of <- unique(sub(" [a-z]+$", "", named))
  series <- lapply(seq_along(named), function(number) {
    each <- named[number]
    column <- row$Kind == "Column chart" || (startsWith(row$Kind, "Column and") && number == 1)
    if (plan) {
      parts <- strsplit(each, " / ", fixed = TRUE)[[1]]
      cells <- finance[finance$Scenario == parts[1] & finance$Line == parts[2], periods]
      label <- if (scenarios == 1) parts[2] else paste0(parts[1], ": ", parts[2])
      return(list(name = label, values = as.numeric(cells), digits = 0, dashed = FALSE, column = column))
    }
    metric <- sub(" [a-z]+$", "", each)
    which <- sub(".* ", "", each)
    which <- paste0(toupper(substr(which, 1, 1)), substring(which, 2))
    data <- data_of[[metric]]
    list(
      name = if (length(of) == 1) which else titles[[metric]],
      values = data[[which]][match(periods, data$Period)],
      digits = decimals_of[[metric]], dashed = which == "Forecast", column = column
    )
  })
  list(row = row, periods = periods, series = series)
}
draw <- function(exhibit, file) {
  labels <- vapply(exhibit$series, `[[`, "", "name")
  frame <- do.call(rbind, lapply(exhibit$series, function(one) {
    data.frame(
      period = factor(short(exhibit$periods), levels = short(exhibit$periods)),
      series = factor(one$name, levels = labels), value = one$values, dashed = one$dashed, column = one$column
    )
  }))
  frame <- frame[!is.na(frame$value), ]
  columns <- frame[frame$column, ]
  lines <- frame[!frame$column, ]
  step <- ceiling(length(exhibit$periods) / 10)
  shown <- short(exhibit$periods)[seq(1, length(exhibit$periods), step)]
  plot <- ggplot(frame, aes(period, value, colour = series, fill = series, group = series)) +
    scale_x_discrete(breaks = shown) +
    scale_y_continuous(labels = function(at) format(at, big.mark = ",", trim = TRUE)) +
    scale_colour_manual(values = setNames(palette[seq_along(labels)], labels)) +
    scale_fill_manual(values = setNames(palette[seq_along(labels)], labels)) +
    labs(title = exhibit$row$Title, x = NULL, y = NULL, colour = NULL, fill = NULL) +
    theme_minimal(base_size = 9) +
    theme(
      legend.position = "bottom", panel.grid.major.x = element_blank(),
      panel.grid.minor = element_blank(), plot.title = element_text(face = "bold", size = 9)
    )
  if (nrow(columns) > 0) {
    plot <- plot +
      geom_col(data = columns, position = position_dodge(0.8), width = 0.8, colour = NA) +
      geom_text(
        data = columns, aes(label = signed(value, 0)), position = position_dodge(0.8), vjust = -0.4,
        size = 2.5, colour = "black"
      )
  }
  if (nrow(lines) > 0) {
    plot <- plot +
      geom_line(data = lines, aes(linetype = dashed)) + geom_point(data = lines, size = 1) +
      scale_linetype_manual(values = c("FALSE" = "solid", "TRUE" = "dashed"), guide = "none")
  }
  pixels <- height_of(exhibit)
  ggsave(file, plot, device = ragg::agg_png, width = 1300, height = pixels, units = "px", dpi = dpi)
}
height_of <- function(exhibit) {
  if (exhibit$series[[1]]$column && length(exhibit$series) > 1) 761 else 706
}

drawn <- list()
for (number in seq_len(nrow(exhibits))) {
  exhibit <- exhibit_of(exhibits[number, ])
  if (exhibit$row$Kind != "Table") {
    exhibit$file <- file.path(out, "charts", sprintf("%04d.png", number))
    draw(exhibit, exhibit$file)
  }
  drawn[[exhibit$row$Exhibit]] <- exhibit
}

# Documents -------------------------------------------------------------------------------------------------

bold <- fp_text_lite(bold = TRUE)
italic <- fp_text_lite(italic = TRUE)
runs <- function(text) {
  found <- gregexpr("\\*\\*.+?\\*\\*|\\*.+?\\*|\\[.+?\\]\\(.+?\\)|[^*\\[]+|.", text, perl = TRUE)
  lapply(regmatches(text, found)[[1]], function(piece) {
    if (startsWith(piece, "**") && nchar(piece) > 4) {
      ftext(gsub("^\\*\\*|\\*\\*$", "", piece), bold)
    } else if (startsWith(piece, "*") && nchar(piece) > 2) {
      ftext(gsub("^\\*|\\*$", "", piece), italic)
    } else if (grepl("^\\[.+\\]\\(", piece)) {
      hyperlink_ftext(text = sub("^\\[(.+)\\]\\(.*", "\\1", piece), href = sub(".*\\((.+)\\)$", "\\1", piece))
    } else {
      ftext(piece)
    }
  })
}
add <- function(document, text, style = "Body Text") {
  body_add_fpar(document, do.call(fpar, runs(text)), style = style)
}
numbered <- fp_par(padding.left = 21, padding.bottom = 4)
add_table <- function(document, rows) {
  frame <- as.data.frame(do.call(rbind, rows[-1]), stringsAsFactors = FALSE)
  names(frame) <- rows[[1]]
  body_add_table(document, frame, style = "Data Table", first_row = TRUE)
}
add_text <- function(document, text) {
  if (is.null(text) || is.na(text)) return(document)
  table <- list()
  for (line in c(strsplit(trimws(filled(text)), "\n", fixed = TRUE)[[1]], "")) {
    if (startsWith(line, "|")) {
      cells <- trimws(strsplit(gsub("^\\||\\|$", "", line), "|", fixed = TRUE)[[1]])
      if (!all(grepl("^[-: ]+$", cells))) table[[length(table) + 1]] <- cells
      next
    }
    if (length(table) > 0) {
      document <- add_table(document, table)
      table <- list()
    }
    if (trimws(line) == "") next
    if (grepl("^ *- ", line)) {
      document <- add(document, sub("^ *- ", "", line), "List Bullet")
    } else if (grepl("^ *([0-9]+\\.|[a-z]\\)) ", line)) {
      text <- do.call(fpar, c(runs(trimws(line)), list(fp_p = numbered)))
      document <- body_add_fpar(document, text)
    } else {
      document <- add(document, line)
    }
  }
  document
}
add_levels <- function(document, row) {
  for (update in updates$Update) {
    document <- body_add_par(document, update, style = "Level Label")
    if (!is.na(row[[update]])) document <- add_level(document, row[[update]])
  }
  document
}
add_level <- function(document, level) {
  colour <- levels_sheet$Colour[levels_sheet$Level == level]
  text <- fpar(
    ftext(level, fp_text_lite(bold = TRUE, color = inks[[colour]])),
    fp_p = fp_par(shading.color = fills[[colour]], text.align = "center", padding.bottom = 6)
  )
  body_add_fpar(document, text)
}
add_exhibit <- function(document, exhibit) {
  if (exhibit$row$Kind == "Table") {
    rows <- lapply(exhibit$series, function(one) {
      c(one$name, ifelse(is.na(one$values), "", signed(one$values, one$digits)))
    })
    document <- add_table(document, c(list(c(exhibit$row$Title, short(exhibit$periods))), rows))
  } else {
    alt <- exhibit$row[["Alt text"]]
    if (is.na(alt)) alt <- paste0(exhibit$row$Kind, ": ", exhibit$row$Title)
    picture <- external_img(
      exhibit$file, width = 158 / 25.4, height = 158 / 25.4 * height_of(exhibit) / 1300, alt = alt
    )
    document <- body_add_fpar(document, fpar(picture), style = "Figure")
  }
  if (!is.na(exhibit$row$Source)) document <- add(document, paste0("Source: ", exhibit$row$Source))
  document
}
add_people <- function(document, role) {
  for (n in which(contacts$Role == role)) {
    title <- contacts[["Job title"]][n]
    document <- body_add_par(document, if (is.na(title)) contacts$Name[n] else title, style = "Table Text")
    document <- body_add_par(document, contacts$Email[n], style = "Body Text")
  }
  document
}
headings <- function(document, ...) {
  for (text in c(...)) document <- body_add_par(document, text, style = "Table Heading")
  document
}
named <- paste(programme[["Authority"]], current, programme[["Financial year"]], sep = ", ")

overview <- read_docx(reference)
overview <- body_add_par(overview, paste0("Programme overview: ", named), style = "heading 1", pos = "on")
overview <- headings(
  overview, "LA Name", "Date Report Submitted", "Signed off by S151 Officer & Director of Children's Services",
  "Name & Email Address of Key Personnel"
)
overview <- body_add_par(overview, programme[["Authority"]], style = "Body Text")
overview <- body_add_par(overview, submitted, style = "Body Text")
overview <- headings(overview, "S151 Officer:", "DCS:")
for (role in c("CEO", "S151 Officer", "DCS")) {
  overview <- add_people(headings(overview, paste0(role, ":")), role)
}
overview <- add(overview, paste(
  "Do you need additional support from either of our specialist SEND advisers (early years / inclusion) to",
  "support the effective delivery of your Safety Valve plan? If yes, please specify which area (early years /",
  "inclusion) you would like extra support in, giving a brief overview of how this support would be beneficial."
))
overview <- add_text(overview, programme[["Specialist adviser support"]])
overview <- add_people(headings(overview, "Other key contacts for Safety Valve:"), "Other")
asked <- function(document, refs, heading, first) {
  document <- body_add_par(document, heading, style = "heading 2")
  document <- headings(document, first, "Yes/No", "Commentary")
  for (n in which(questions$Ref %in% refs)) {
    document <- body_add_par(document, questions$Question[n], style = "Body Text")
    document <- body_add_par(document, questions$Answer[n], style = "Body Text")
    document <- add_text(document, questions$Commentary[n])
  }
  document
}
overview <- asked(
  overview, c("in-year", "end-of-plan"), "Safety Valve plan", "Is your LA's Safety Valve plan on track?"
)
overview <- asked(overview, "capital", "Safety Valve capital project", "Question")
overview <- body_add_par(overview, "Programme Headlines", style = "heading 2")
asks <- c(
  Drivers = "This quarter, the biggest drivers of positive change have been (up to 3):",
  Barriers = paste(
    "This quarter, the biggest barrier(s) to successful implementation of the Safety Valve plan have been",
    "(up to 3):"
  ),
  Engagement = paste(
    "This quarter, the best examples of stakeholder engagement around the Safety Valve plan have been",
    "(up to 3):"
  )
)
for (heading in names(asks)) {
  overview <- body_add_par(overview, asks[[heading]], style = "heading 3")
  told <- headlines$Text[headlines$Heading == heading]
  for (n in seq_along(told)) overview <- add_text(overview, paste0(n, ". ", trimws(told[n])))
}
overview <- body_add_par(overview, "Strategic data dashboard", style = "heading 2")
overview <- add(overview, paste(
  "Alongside your Safety Valve financial and narrative monitoring reports, please share with us the latest",
  "strategic data dashboard utilised by your governance oversight board for Safety Valve."
))
overview <- add(overview, paste(
  "NB This should not be something created for the DfE Safety Valve monitoring process; if you do not have a",
  "strategic data dashboard, just let us know."
), "Prompt")
if (!is.na(programme[["Dashboard"]])) overview <- add(overview, programme[["Dashboard"]])
print(overview, target = file.path(out, "programme-overview.docx"))

update <- read_docx(reference)
update <- body_add_par(update, paste0("Detailed update: ", named), style = "heading 1", pos = "on")
update <- headings(update, "Agreement Condition", "Assurance Level", "Progress Update from this Quarter")
update <- add(update, paste(
  "Please include/refer to relevant data and evidence to support your rating and explain the scale of any",
  "impacts"
), "Prompt")
for (n in seq_len(nrow(conditions))) {
  row <- conditions[n, ]
  update <- body_add_par(update, paste0("Condition ", row$Ref, ": ", row$Condition), style = "heading 2")
  update <- add_levels(update, row)
  for (m in which(progress[["Condition (or Ref)"]] == row$Ref)) {
    update <- if (progress$Kind[m] == "Text") {
      add_text(update, progress$Content[m])
    } else {
      add_exhibit(update, drawn[[progress$Content[m]]])
    }
  }
}
update <- body_add_par(update, "Key to assurance levels", style = "heading 2")
update <- headings(update, "RAG", "Definition")
for (n in seq_len(nrow(levels_sheet))) {
  update <- add_level(update, levels_sheet$Level[n])
  update <- body_add_par(update, levels_sheet$Definition[n], style = "Table Text")
}
as_at <- paste0("Data as at ", data_as_at, ".")
if (data_as_at != "") update <- body_add_par(update, as_at, style = "Source")
print(update, target = file.path(out, "detailed-update.docx"))

register <- read_docx(reference)
register <- body_add_par(register, paste0("Risk register: ", named), style = "heading 1", pos = "on")
register <- headings(register, "Risk", "Assurance Level", "Mitigation", "Progress Update from this Quarter")
for (n in seq_len(nrow(risks))) {
  row <- risks[n, ]
  register <- body_add_par(register, paste0(row$Ref, ": ", row$Risk), style = "heading 2")
  register <- add_levels(register, row)
  register <- add_text(register, row$Mitigation)
  register <- add_text(register, row$Progress)
}
if (data_as_at != "") register <- body_add_par(register, as_at, style = "Source")
print(register, target = file.path(out, "risk-register.docx"))
