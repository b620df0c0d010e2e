namespace TorchSharp.Modules;

/// <summary>Marks modules that have no parameters, so that moving them is free.</summary>
public interface IParameterLessModule;
