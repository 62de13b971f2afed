# The commands of dev.py under the names make users expect; options go in ARGS.
COMMANDS := demo test check docs build lock

.PHONY: $(COMMANDS) bench
$(COMMANDS):
	python3 dev.py $@ $(ARGS)

bench:
	python3 dev.py bench $(NAME) $(ARGS)
