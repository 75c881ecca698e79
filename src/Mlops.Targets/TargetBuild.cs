namespace Mlops.Targets;

public abstract class TargetBuild;
