"""The black box: what happened in the last visits, without anything that anybody said or showed."""
