# 民政规划问答：常用命令。直接运行 make 列出全部命令。
# Works with GNU make 3.81 and any POSIX shell. Everything is installed into .venv; the system stays as it
# is, except for `make test`, which installs Debian's Chromium where apt-get can do so without asking.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
VENV := .venv
PY := $(VENV)/bin/python
UV := 0.13.9
# Tried in this order when the virtual environment has to be made; `make PYTHON=/path/to/python` overrides.
PYTHON ?= python3.11 python3.12 python3 python
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))
# Wheels only: installing runs no package's code. -qq: errors and nothing else. --no-deps: the locks are complete, and
# resolving anew would look at later releases than the locked ones wherever a package asks for another with extras.
INSTALL := $(PY) -m pip install -qq --no-input --disable-pip-version-check --only-binary :all: --require-hashes --no-deps
INSTALL_FAILED := echo "依赖没有装好，原因见上。请检查网络后重新运行。" >&2; exit 1

.PHONY: help
help: ## 列出全部命令
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: ready ## 一步启动：安装、取模型、建索引，然后打开问答网页
	@case "$${QA_LLM:-auto},$${QA_LOCAL_MODEL:+own}" in \
	none,*|openai,*|*,own) ;; \
	*) $(PY) -m qa model fetch || echo "没有取得本地模型，继续以原文摘录作答。" >&2 ;; \
	esac
	@$(PY) -m qa index
	@exec $(PY) app.py

.PHONY: test
test: ready-dev lint chromium ## 全部检查：代码检查、测试、需要本地模型的测试
	@QA_LIBRARY=seeds QA_INDEX_DIR=.qa/index QA_EMBEDDING=local $(PY) -m qa index
	@$(PY) -m pytest -n 2 -m "not model and not browser and not gate and not ocr and not thorough"
	@$(PY) -m pytest -n 2 -m thorough
	@$(PY) -m pytest -m ocr
	@$(PY) -m pytest -m gate
	@$(PY) -m pytest -n 2 --dist loadfile -m browser
	@if $(PY) -m qa model fetch; then $(PY) -m pytest -m model; \
	else echo "没有取得本地模型的权重，跳过需要它的测试（-m model）。" >&2; fi

.PHONY: lint
lint: ready-dev ## 代码检查：ruff、mypy、import-linter
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports --no-logo

.PHONY: format
format: ready-dev ## 按 ruff 的格式整理代码
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

.PHONY: coverage
coverage: ready-dev ## 快速测试的分支覆盖率
	@$(PY) -m pytest -n 2 -m "not model and not gate and not thorough" --cov --cov-report=term-missing:skip-covered

.PHONY: eval
eval: ready ## 评测：打印准确率等指标，写下 HTML 报告（eval/runs/）
	@$(PY) -m eval

.PHONY: gate
gate: ready ## 评测摘录回答，比基线（eval/baseline.json）退步时失败
	@$(PY) -m eval gate

# What is committed as the standard: every question extractively, and a few with the local model where it is there.
FEW := --part dev --kind text --limit 8

.PHONY: baseline
baseline: ready ## 把现在的评测结果写成新的基线
	@$(PY) -m eval gate --update
	@if $(PY) -m qa model fetch; then QA_LLM=local $(PY) -m eval gate --system ours $(FEW) --update; \
	else echo "没有取得本地模型的权重，只更新了摘录部分的基线。" >&2; fi

.PHONY: bench
bench: ready ## 测速：启动、检索、作答的耗时与内存
	@$(PY) -m eval.bench

.PHONY: wheel
wheel: ready-dev ## 打包成 wheel（dist/），并检查其内容
	@rm -rf build dist
	@$(PY) -m build --wheel --no-isolation >/dev/null
	@$(PY) -m zipfile -l dist/*.whl >dist/contents
	@for part in qa/ vectorstore/ prompts/ seeds/ dist-info/licenses/LICENSE dist-info/entry_points.txt; do \
	grep -q "$$part" dist/contents || { echo "wheel 中缺少 $$part" >&2; exit 1; }; done
	@for seed in seeds/*; do grep -q "^$$seed " dist/contents || { echo "wheel 中缺少 $$seed" >&2; exit 1; }; done
	@rm dist/contents
	@ls -l dist/*.whl

# The locks resolve for Python 3.11 and later on every platform at once, so the result does not depend on the
# machine; they name no registry. Existing pins stay unless pyproject.toml forbids them or UPGRADE=1 is given.
COMPILE = $(VENV)/bin/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--only-binary :all: --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	--no-emit-build-options $(if $(UPGRADE),--upgrade)

.PHONY: lock
lock: venv ## 重新生成 requirements*.lock（UPGRADE=1 时升级间接依赖）
	@$(PY) -m pip install -qq --disable-pip-version-check uv==$(UV)
	@$(COMPILE) --extra ocr pyproject.toml -o requirements.lock >/dev/null
	@$(COMPILE) --group test --group lint --group build -c requirements.lock -o requirements-dev.lock >/dev/null
	@! grep -nE '://|^-|^torch|^nvidia' requirements.lock requirements-dev.lock \
	|| { echo "锁定文件里有不该出现的内容（见上）。" >&2; exit 1; }

.PHONY: clean
clean: ## 删除索引、缓存与构建产物（保留 .venv 与模型）
	@rm -rf build dist htmlcov .coverage .coverage.* .qa/index* \
	.pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -path ./$(VENV) -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# What follows is used by the commands above. A copy of the lock in .venv says what is installed: contents are
# compared, not times, so a fresh checkout of the same lock installs nothing.

.PHONY: venv
venv:
	@$(PY) -c 'import pip; $(SUPPORTED)' 2>/dev/null && exit; \
	for python in $(PYTHON); do "$$python" -c '$(SUPPORTED)' >/dev/null 2>&1 || continue; \
	echo "正在建立虚拟环境 $(VENV)（$$("$$python" --version)）"; \
	"$$python" -m venv --clear $(VENV) && exit; \
	echo "虚拟环境没有建成。在 Debian 或 Ubuntu 上请先安装 python3-venv。" >&2; exit 1; done; \
	echo "没有找到 Python 3.11 或 3.12。请先安装，或用 make PYTHON=解释器路径 指明。" >&2; exit 1
	@test -x $(VENV)/bin/qa || { \
	echo ../../../.. >"$$($(PY) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/civil-affairs-qa.pth" \
	&& printf '%s\n' "$$COMMAND" >$(VENV)/bin/qa && chmod +x $(VENV)/bin/qa; }

.PHONY: ready
ready: venv
	@cmp -s requirements.lock $(VENV)/requirements.lock || { \
	echo "正在安装依赖（首次约一两分钟）"; \
	$(INSTALL) -r requirements.lock || { $(INSTALL_FAILED); }; cp requirements.lock $(VENV)/; }

.PHONY: ready-dev
ready-dev: venv
	@cmp -s requirements.lock $(VENV)/requirements.lock \
	&& cmp -s requirements-dev.lock $(VENV)/requirements-dev.lock || { \
	echo "正在安装依赖与测试工具（首次约一两分钟）"; \
	$(INSTALL) -r requirements.lock -r requirements-dev.lock || { $(INSTALL_FAILED); }; \
	cp requirements.lock requirements-dev.lock $(VENV)/; }

# The checkout itself is what runs: a .pth line makes it importable (relative, so that it survives a move) and
# this script is the `qa` command, started by the interpreter beside it. Its second line is both sh and Python.
define COMMAND
#!/bin/sh
'''exec' "$$(dirname -- "$$(readlink -f -- "$$0")")/python" "$$0" "$$@" # '''
import sys

from qa.cli import main

sys.exit(main())
endef
export COMMAND

.PHONY: chromium
chromium:
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	[ "$$(id -u)" = 0 ] && sudo= || sudo="sudo -n"; \
	if command -v apt-get >/dev/null && $$sudo true 2>/dev/null; then \
	echo "正在安装 Chromium 与中文字体（浏览器测试使用）"; \
	output=$$({ $$sudo apt-get -qq update && $$sudo env DEBIAN_FRONTEND=noninteractive \
	apt-get -qq install -y --no-install-recommends chromium fonts-noto-cjk; } </dev/null 2>&1) && exit 0; \
	echo "$$output" >&2; fi; \
	echo "没有 Chromium，也没能自动安装：浏览器测试将跳过。可运行 sudo apt-get install chromium fonts-noto-cjk。" >&2
