namespace Mlops.Targets;

/// <summary>What components see of the build that the class itself has as static members.</summary>
public abstract partial class TargetBuild
{
    AbsolutePath ITargetBuild.RootDirectory => RootDirectory;

    AbsolutePath ITargetBuild.TemporaryDirectory => TemporaryDirectory;

    AbsolutePath? ITargetBuild.BuildAssemblyFile => BuildAssemblyFile;

    AbsolutePath? ITargetBuild.BuildAssemblyDirectory => BuildAssemblyDirectory;

    AbsolutePath? ITargetBuild.BuildProjectFile => BuildProjectFile;

    AbsolutePath? ITargetBuild.BuildProjectDirectory => BuildProjectDirectory;
}
