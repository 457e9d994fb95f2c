PYTHON ?= python3
BIN := .venv/bin

.PHONY: help install test check types demo gallery commands words docs screenshot

help:  ## List these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | column -t -s '|'

install: $(BIN)/mnistviz  ## Install for development into .venv

$(BIN)/mnistviz: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -e '.[dev]'
	touch $@

test: install  ## Run the tests
	$(BIN)/python -m pytest -n auto

check: install  ## Check style and types, and that docs/commands.md and the catalogues are up to date
	$(BIN)/ruff check --no-cache .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python scripts/help_in_docs.py --check
	$(BIN)/python scripts/words.py --check

types:  ## Check the types of the explorer's scripts, by TypeScript; needs npm, which downloads it
	npx --yes --package typescript@5.9.3 tsc --project tsconfig.json

commands: install  ## Write today's --help of every command into docs/commands.md
	$(BIN)/python scripts/help_in_docs.py

words: install  ## Gather what is said to viewers into the catalogues of all languages
	$(BIN)/python scripts/words.py

docs: install  ## Build the site of docs/ into build/site; a warning is an error
	$(BIN)/sphinx-build --fresh-env --write-all --fail-on-warning --keep-going --quiet docs build/site

gallery: install  ## Draw all looks: docs/gallery.png and docs/gallery/
	$(BIN)/python scripts/gallery.py

screenshot: install  ## Take the picture of the explorer with a browser: docs/explorer.png
	mkdir -p build
	$(BIN)/mnistviz train --out build/model.npz
	$(BIN)/python scripts/explorer_picture.py build/model.npz

demo: install  ## Render the demo: docs/demo.gif, build/demo.mp4, build/explorer.html and docs/compare.png
	mkdir -p build
	$(BIN)/mnistviz train --out build/model.npz
	$(BIN)/mnistviz render --model build/model.npz --count 12 --size 960x540 --out docs/demo.gif
	$(BIN)/mnistviz render --model build/model.npz --captions --poster --out build/demo.mp4
	$(BIN)/mnistviz explore --model build/model.npz --out build/explorer.html
	$(BIN)/mnistviz evaluate --model build/model.npz --out docs/evaluation.png
	$(BIN)/mnistviz train --smoothness 0 --out build/rough.npz
	$(BIN)/mnistviz train --smoothness 0.01 --out build/smooth.npz
	$(BIN)/mnistviz compare build/rough.npz build/smooth.npz --size 720p --out docs/compare.png
