int detectron_placeholder;
