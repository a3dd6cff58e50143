# The two commands: `make report` and `make test`. Each installs what is missing, then does its job.
# `make report DATA=dir` makes the report from real recordings.

SWIFT := scripts/swift.sh
# One build serves the program and its tests, so that kernels are never tested unoptimised.
BUILD := -c release -Xswiftc -enable-testing
SOURCES := Package.swift Sources Tests Plugins $(wildcard Benchmarks/Package.swift Benchmarks/Sources)

ifdef DATA
REPORT := report/study.yml --data "$(DATA)" --report-dir report --figures-dir figures
else
REPORT := --report-dir demo/report --figures-dir demo/figures
endif

.PHONY: all report test test-trackers bench bench-statistics bench-figures simulations soak lint format build setup clean

all: report

report: build
	.build/release/detectron report $(REPORT)

build: setup
	$(SWIFT) build $(BUILD) --product detectron

test: setup
	$(SWIFT) test $(BUILD)

# Exports opened by the real MLflow and TensorBoard, which are installed from PyPI once.
test-trackers: setup
	DETECTRON_TRACKERS="$$(scripts/trackers.sh)" && export DETECTRON_TRACKERS && \
	  $(SWIFT) test $(BUILD) --filter realTrackers

# Beside its peers, where they are installed; arguments in BENCH, see Benchmarks/compare.py --help.
bench: setup
	python3 Benchmarks/compare.py $(BENCH)

# Statistics beside scikit-learn's; arguments in BENCH, see Benchmarks/compare_statistics.py --help.
bench-statistics: setup
	python3 Benchmarks/compare_statistics.py $(BENCH)

# Figures beside those of matplotlib; arguments in BENCH, see Benchmarks/compare_figures.py --help.
bench-figures: build
	python3 Benchmarks/compare_figures.py $(BENCH)

# The tables of docs/statistics.md, a quarter of an hour.
simulations: setup
	$(SWIFT) run -c release --package-path Benchmarks StatisticsStudy coverage
	$(SWIFT) run -c release --package-path Benchmarks StatisticsStudy claims
	$(SWIFT) run -c release --package-path Benchmarks StatisticsStudy trainings 1000 200

# Longer proofs than the tests; arguments in SOAK, sizes in the environment (scripts/soak-runs.sh).
# With DATA, the memory of every variant too.
soak: build
	scripts/soak-variants.sh $(SOAK)
	scripts/soak-runs.sh
ifdef DATA
	scripts/soak_memory.py "$(DATA)"
endif

lint: setup
	$(SWIFT) format lint --strict --recursive $(SOURCES)

format: setup
	$(SWIFT) format --in-place --recursive $(SOURCES)

setup:
	@scripts/setup.sh

clean: setup
	$(SWIFT) package clean
	rm -rf demo
