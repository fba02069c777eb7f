"""The figures that reach a report: counted by the definitions of Biểu II.06a/VPCP/KSTT, each checkable by hand."""
